#!/usr/bin/env python3
"""What the live page costs training.

    python3 src/bench/live_page.py [--rounds 6] [--epochs 300] [--viewers 1] [--job JOB.yaml] [--set KEY=VALUE]...

Trains a job (conf/digits.yaml) in turns without the page and with it (`training.ui`) while viewers read its events, and
once more without it. Each run is a new process. Prints examples per second of each run, the ratio of the run with the
page to the mean of its two neighbours without it, and the same ratio for runs without the page on both sides, which is
the noise of the machine. Where the cost is smaller than the noise, read the last line: the processor time of the page's
own threads, which Linux counts for each thread, as a share of what the cores could do while the network trained. It
leaves out what the page's objects cost Java's garbage collector.
Run it on an idle machine, with epochs enough for a training of half a minute. Needs only Python 3 and a built checkout,
or the launcher of an unpacked distribution (--launcher).
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import tempfile
import threading
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"Live page: (http://\S+)")


class Viewer(threading.Thread):
    """Reads the events of a page to their end, as a browser does."""

    def __init__(self, address):
        super().__init__(daemon=True)
        self.address = address
        self.updates = 0
        self.size = 0

    def run(self):
        with urllib.request.urlopen(self.address.rstrip("/") + "/events", timeout=120) as events:
            for line in events:
                if line.startswith(b"data: "):
                    self.updates += 1
                    self.size += len(line)


class PageThreads(threading.Thread):
    """Sums the processor time of the page's threads in the Java process that a launcher becomes or starts."""

    NAMES = ("evenstep-live", "evenstep-live-p", "HTTP-Dispatcher")

    def __init__(self, launcher):
        super().__init__(daemon=True)
        self.launcher = launcher
        self.ended = threading.Event()
        self.ticks = {}

    def run(self):
        while not self.ended.wait(0.1):
            for process in [self.launcher, *children(self.launcher)]:
                self.look(process)

    def look(self, process):
        for task in pathlib.Path(f"/proc/{process}/task").glob("*"):
            try:
                if (task / "comm").read_text().strip() in self.NAMES:
                    fields = (task / "stat").read_text().rpartition(")")[2].split()
                    self.ticks[task.name] = int(fields[11]) + int(fields[12])
            except OSError:
                continue  # the thread has ended; what it took by the last look counts

    def seconds(self):
        self.ended.set()
        self.join()
        return sum(self.ticks.values()) / os.sysconf("SC_CLK_TCK")


def children(process):
    """Ids of the processes that a process has started."""
    try:
        return pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []


def train(options, folder, name, viewers):
    """Trains once; returns examples per second, the viewers, and what the page took of the cores (0 to 1)."""
    line = [
        str(options.launcher), "train", str(options.job), "--run-id", name, "--master", options.master,
        "--set", f"output={folder}", "--set", f"training.epochs={options.epochs}",
    ]
    for setting in options.set + (["training.ui=true", "training.uiPort=0"] if viewers else []):
        line += ["--set", setting]
    watching, said = [], []
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as job:
        page = PageThreads(job.pid)
        page.start()
        for text in job.stderr:
            said.append(text)
            found = ADDRESS.search(text)
            if found:
                watching = [Viewer(found[1]) for _ in range(viewers)]
                for viewer in watching:
                    viewer.start()
    if job.returncode != 0:
        raise SystemExit(f"The job has failed with exit code {job.returncode}:\n{''.join(said)[-3000:]}")
    for viewer in watching:
        viewer.join(10)
        if viewer.updates < 2:
            raise SystemExit(f"A viewer has seen {viewer.updates} updates; train for longer with --epochs")
    result = json.loads((folder / name / "result.json").read_text(encoding="utf-8"))
    trained = result["examples"] / result["examplesPerSecond"]
    return result["examplesPerSecond"], watching, page.seconds() / trained / os.cpu_count()


def ratios(rates):
    """Of each rate to the mean of its neighbours."""
    return [2 * rates[i] / (rates[i - 1] + rates[i + 1]) for i in range(1, len(rates) - 1)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=6, help="runs with the page")
    parser.add_argument("--epochs", type=int, default=300)
    parser.add_argument("--viewers", type=int, default=1)
    parser.add_argument("--job", type=pathlib.Path, default=ROOT / "conf" / "digits.yaml")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a key of the job")
    parser.add_argument("--launcher", type=pathlib.Path, default=ROOT / "deploy" / "evenstep")
    options = parser.parse_args()
    without, both, shares, updates, size = [], [], [], 0, 0
    with tempfile.TemporaryDirectory(prefix="evenstep-live-") as name:
        folder = pathlib.Path(name)
        for turn in range(2 * options.rounds + 1):
            seen = options.viewers if turn % 2 else 0
            rate, watching, share = train(options, folder, f"run-{turn}", seen)
            both.append(rate)
            without += [] if seen else [rate]
            shares += [share] if seen else []
            updates += sum(viewer.updates for viewer in watching)
            size += sum(viewer.size for viewer in watching)
            print(f"{'with' if seen else 'without'} the page: {rate:,.0f} examples/s", flush=True)
    costs = ratios(both)[::2]
    print(f"with / without: median {statistics.median(costs):.4f}, {min(costs):.4f} to {max(costs):.4f}")
    noise = ratios(without)
    if noise:
        print(f"without / without: median {statistics.median(noise):.4f}, {min(noise):.4f} to {max(noise):.4f}")
    print(f"{updates} updates of {size / max(1, updates) / 1000:,.0f} kB to {options.viewers} viewers of {options.rounds} runs")
    print(f"the page's threads took {statistics.median(shares):.2%} of the cores, {min(shares):.2%} to {max(shares):.2%}")


if __name__ == "__main__":
    main()
