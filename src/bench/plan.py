#!/usr/bin/env python3
"""Peak memory of a run outside its heap, against what `plan` says it needs there.

Trains the digits for one epoch with dense layers of several widths and Adam, on two workers: in one process, or with
--cluster in two executors of a real standalone cluster, each in its own process. Each process has its whole heap at
once. Prints for each width what `plan` says for a process, what was measured (for the largest executor), and the ratio.
With --lose, it trains two epochs and kills one of the two executors after the first epoch. The other one resumes from
its replica.

    python3 src/bench/plan.py [--cluster [--lose]] [--widths 512,2048,4096] [--heap 2g]

All files go into a temporary folder. Needs Linux, Python 3 and a built checkout.
"""

import argparse
import contextlib
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

import standalone

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTSIDE = re.compile(r"(?:this process|each executor) .* and ([\d.,]+) (KiB|MiB|GiB) outside of it")
MEBIBYTES = {"KiB": 1 / 1024, "MiB": 1, "GiB": 1024}


def line(folder, command, width, options, cluster):
    words = [
        str(ROOT / "deploy" / "evenstep"), command, str(ROOT / "conf" / "digits.yaml"),
        "--master", cluster.master if cluster else "local[2]",
        "--run-id", f"width-{width}", "--set", f"output={folder}/runs", "--set", f"model.hidden=[{width}, {width}]",
        "--set", f"training.epochs={2 if options.lose else 1}", "--set", "training.workers=2", "--set", "gate.atLeast=0",
    ]
    if cluster:
        words += ["--conf", f"spark.executor.memory={options.heap}"]
        words += ["--conf", f"spark.executor.extraJavaOptions={whole(options.heap)}"]
    return words


def whole(heap):
    """Java's options for a heap that is resident from the start; its limit is set elsewhere."""
    return f"-Xms{heap} -XX:+AlwaysPreTouch"


def planned(command, environment):
    """MiB outside the heap of a process, as `plan` says."""
    words = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    number, unit = OUTSIDE.search(words).groups()
    return float(number.replace(",", "")) * MEBIBYTES[unit]


def measured(command, checkpoints, options, environment, cluster):
    """Most MiB that a process with workers had outside its heap; a killed process does not count from then on."""
    peak, lost = 0, 0
    job = subprocess.Popen(command, env=environment)  # the launcher becomes Java
    while job.poll() is None:
        if options.lose and not lost and any(checkpoints.glob("step-*.ckpt")):
            lost = cluster.executors()[0]
            os.kill(lost, signal.SIGKILL)
        pids = cluster.executors() if cluster else [job.pid]
        peak = max([peak, *(standalone.peak(pid) for pid in pids if pid != lost)])
        time.sleep(0.1)
    if job.returncode != 0:
        raise SystemExit(f"The job ended with {job.returncode}")
    return peak / 1024 - int(options.heap[:-1]) * {"m": 1, "g": 1024}[options.heap[-1]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cluster", action="store_true", help="two executors, each a process of its own")
    parser.add_argument("--lose", action="store_true", help="kill one of the two executors after the first epoch")
    parser.add_argument("--widths", default="512,2048,4096")
    parser.add_argument("--heap", default="2g", help="of the driver, and of each executor")
    options = parser.parse_args()
    if options.lose and not options.cluster:
        parser.error("--lose needs --cluster")
    spark = pathlib.Path(os.environ.get("SPARK_HOME") or ROOT / "driver" / "target" / "spark")
    with tempfile.TemporaryDirectory(prefix="evenstep-plan-") as name, contextlib.ExitStack() as stack:
        folder = pathlib.Path(name)
        cluster = stack.enter_context(standalone.Standalone(spark, folder, 2, options.heap)) if options.cluster else None
        environment = standalone.environment(spark, folder)
        environment.update(
            EVENSTEP_LOG=str(folder / "evenstep.log"), EVENSTEP_DRIVER_MEMORY=options.heap, EVENSTEP_JAVA_OPTIONS=whole(options.heap)
        )
        for width in options.widths.split(","):
            plan = planned(line(folder, "plan", width, options, cluster), environment)
            checkpoints = folder / "runs" / f"width-{width}" / "checkpoints"
            peak = measured(line(folder, "train", width, options, cluster), checkpoints, options, environment, cluster)
            print(f"width {width}: planned {plan:,.0f} MiB, measured {peak:,.0f} MiB, ratio {plan / peak:.2f}", flush=True)


if __name__ == "__main__":
    main()
