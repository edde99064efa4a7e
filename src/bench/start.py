#!/usr/bin/env python3
"""How long commands take that compute little: the start of Java, Spark and the native libraries.

    python3 src/bench/start.py [--rounds 5] [--only predict,plan] [--against DISTRIBUTION] [--json FILE]

Runs each command with this checkout's launcher, which builds first where needed, and prints seconds of wall-clock time
and of processor time (user and system, all threads): median and least of the rounds. The rounds run in turns, one
process at a time. With --against also for an unpacked distribution, such as an older release, and the ratios; then both
predict with the same run, and the bytes that they write must be equal. A distribution runs on the checkout's Spark
unless SPARK_HOME is set.

Processor time is the figure to compare on a machine that is not idle, but it grows there too: up to a half where
others use the same caches. The load before and after is printed for that reason. All files go into a temporary folder.
Needs only Linux and Python 3.
"""

import argparse
import gzip
import hashlib
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROWS = 200


class Contender:
    """A launcher and how it is called."""

    def __init__(self, name, home, spark):
        self.name = name
        self.launcher = str(home / "deploy" / "evenstep")
        self.environment = dict(os.environ)
        if spark:
            self.environment["SPARK_HOME"] = str(spark)

    def run(self, line, check=True):
        """Seconds of wall-clock and of processor time that one command takes."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.monotonic()
        ended = subprocess.run([self.launcher, *line], env=self.environment, capture_output=True, text=True)
        wall = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if check and ended.returncode:
            sys.exit(f"{self.name}: {' '.join(line)} ended with {ended.returncode}\n{ended.stdout}{ended.stderr}")
        return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(work):
    """Each command's line; {out} is a folder that does not exist yet."""
    job = str(ROOT / "conf" / "digits.yaml")
    run = str(work / "runs" / "start")
    return {
        "help": ["--help"],
        "inspect": ["inspect", run],
        "plan": ["plan", job, "--set", "output={out}"],
        "predict": ["predict", run, "--input", str(work / "rows.csv"), "--output", "{out}", "--format", "csv"],
        "evaluate": ["evaluate", run],
        "train": ["train", job, "--set", "output={out}"],
    }


def prepare(contender, work):
    """A finished run and a small file of rows."""
    rows = gzip.open(ROOT / "conf" / "data" / "digits.csv.gz", "rt").read().splitlines(keepends=True)
    (work / "rows.csv").write_text("".join(rows[: ROWS + 1]))
    contender.run(["train", str(ROOT / "conf" / "digits.yaml"), "--run-id", "start", "--set", f"output={work}/runs",
                   "--set", "training.epochs=2", "--set", "gate.atLeast=0"])


def written(folder):
    """A hash of the predictions in a folder; empty if there are none."""
    parts = sorted(folder.glob("part-*")) if folder.is_dir() else []
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest() if parts else ""


def measure(contenders, lines, rounds, work):
    times = {name: {each.name: [] for each in contenders} for name in lines}
    predictions = set()
    for _ in range(rounds):
        for name, line in lines.items():
            for each in contenders:
                out = work / "out"
                shutil.rmtree(out, ignore_errors=True)
                times[name][each.name].append(each.run([word.replace("{out}", str(out)) for word in line]))
                if name == "predict":
                    predictions.add(written(out))
    if len(predictions) > 1:
        sys.exit(f"The predictions differ: {sorted(predictions)}")
    return times


def figures(times):
    """Median and least seconds, of wall-clock time and of processor time."""
    wall, cpu = zip(*times)
    return {"wall": [statistics.median(wall), min(wall)], "cpu": [statistics.median(cpu), min(cpu)]}


def show(results, contenders):
    print(f"{'command':10} {'of':12} {'wall s':>8} {'least':>7} {'cpu s':>8} {'least':>7}  wall and cpu / first")
    for name, of in results.items():
        for each in contenders:
            own, first = of[each.name], of[contenders[0].name]
            ratios = "" if own is first else "  ".join(f"{own[k][0] / first[k][0]:.2f}" for k in ("wall", "cpu"))
            print(f"{name:10} {each.name:12} {own['wall'][0]:8.2f} {own['wall'][1]:7.2f} "
                  f"{own['cpu'][0]:8.2f} {own['cpu'][1]:7.2f}  {ratios}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", help="names of commands, with commas between them")
    parser.add_argument("--home", type=pathlib.Path, help="an unpacked distribution in place of this checkout")
    parser.add_argument("--against", type=pathlib.Path, help="an unpacked distribution to compare with")
    parser.add_argument("--json", type=pathlib.Path, help="a file for the figures")
    options = parser.parse_args()
    spark = os.environ.get("SPARK_HOME") or ROOT / "driver" / "target" / "spark"
    contenders = [Contender("this", options.home or ROOT, options.home and spark)]
    if options.against:
        contenders.append(Contender("other", options.against, spark))
    load = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory(prefix="evenstep-start.") as name:
        work = pathlib.Path(name)
        lines = commands(work)
        for each in options.only.split(",") if options.only else []:
            if each not in lines:
                sys.exit(f"--only: must be among {', '.join(lines)}, got {each}")
        if options.only:
            lines = {each: lines[each] for each in options.only.split(",")}
        for each in contenders:
            each.run(["share-classes"])
        prepare(contenders[0], work)
        times = measure(contenders, lines, options.rounds, work)
    load.append(os.getloadavg()[0])
    results = {name: {each: figures(of[each]) for each in of} for name, of in times.items()}
    print(f"{options.rounds} rounds on {os.cpu_count()} cores; programs that wanted to run: {load[0]:.1f} before, "
          f"{load[1]:.1f} after")
    show(results, contenders)
    if options.json:
        options.json.write_text(json.dumps({"rounds": options.rounds, "load": load, "seconds": results}, indent=2))


if __name__ == "__main__":
    main()
