#!/usr/bin/env python3
"""Peak memory of executors outside their heap, against what `plan` says they need there.

Trains the digits for one epoch with dense layers of several widths, Adam, on two executors of a real standalone cluster,
each with its whole heap at once, and prints for each width what `plan` says, what was measured, and the ratio.

    python3 src/bench/plan.py [--widths 512,4096] [--heap 1g]

All files go into a temporary folder. Needs Linux, Python 3 and a built checkout.
"""

import argparse
import os
import pathlib
import re
import subprocess
import tempfile
import time

import standalone

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTSIDE = re.compile(r"each executor .* and ([\d.,]+) (KiB|MiB|GiB) outside of it")
MEBIBYTES = {"KiB": 1 / 1024, "MiB": 1, "GiB": 1024}


def line(options, folder, cluster, command, width):
    return [
        str(ROOT / "deploy" / "evenstep"), command, str(ROOT / "conf" / "digits.yaml"), "--master", cluster.master,
        "--run-id", f"width-{width}", "--set", f"output={folder}/runs", "--set", f"model.hidden=[{width}, {width}]",
        "--set", "training.epochs=1", "--set", "training.workers=2", "--set", "gate.atLeast=0",
        "--conf", f"spark.executor.memory={options.heap}",
        "--conf", f"spark.executor.extraJavaOptions=-Xms{options.heap} -XX:+AlwaysPreTouch",
    ]


def planned(options, folder, cluster, width, environment):
    """MiB outside the heap, as `plan` says."""
    words = subprocess.run(
        line(options, folder, cluster, "plan", width), env=environment, check=True, capture_output=True, text=True
    ).stdout
    number, unit = OUTSIDE.search(words).groups()
    return float(number.replace(",", "")) * MEBIBYTES[unit]


def measured(options, folder, cluster, width, environment):
    """Most MiB that an executor had outside its heap."""
    heap = int(options.heap[:-1]) * {"m": 1, "g": 1024}[options.heap[-1]]
    peak = 0
    job = subprocess.Popen(line(options, folder, cluster, "train", width), env=environment)
    while job.poll() is None:
        peak = max([peak, *(standalone.peak(pid) for pid in cluster.executors())])
        time.sleep(0.1)
    if job.returncode != 0:
        raise SystemExit(f"The job ended with {job.returncode}")
    return peak / 1024 - heap


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--widths", default="512,4096")
    parser.add_argument("--heap", default="1g")
    options = parser.parse_args()
    spark = pathlib.Path(os.environ.get("SPARK_HOME", ROOT / "driver" / "target" / "spark"))
    with tempfile.TemporaryDirectory(prefix="evenstep-plan-") as name:
        folder = pathlib.Path(name)
        environment = standalone.environment(spark, folder)
        environment["EVENSTEP_LOG"] = str(folder / "evenstep.log")
        with standalone.Standalone(spark, folder, 2, "3g") as cluster:
            for width in options.widths.split(","):
                plan = planned(options, folder, cluster, width, environment)
                peak = measured(options, folder, cluster, width, environment)
                print(f"width {width}: planned {plan:,.0f} MiB, measured {peak:,.0f} MiB, ratio {plan / peak:.2f}", flush=True)


if __name__ == "__main__":
    main()
