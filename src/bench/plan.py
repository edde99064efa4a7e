#!/usr/bin/env python3
"""Peak memory of a local run outside its heap, against what `plan` says it needs there.

Trains the digits for one epoch with dense layers of several widths, Adam, with two workers in one process that has its
whole heap at once, and prints for each width what `plan` says, what was measured, and the ratio.

    python3 src/bench/plan.py [--widths 512,2048,4096] [--heap 2g]

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
OUTSIDE = re.compile(r"this process .* and ([\d.,]+) (KiB|MiB|GiB) outside of it")
MEBIBYTES = {"KiB": 1 / 1024, "MiB": 1, "GiB": 1024}


def line(folder, command, width):
    return [
        str(ROOT / "deploy" / "evenstep"), command, str(ROOT / "conf" / "digits.yaml"), "--master", "local[2]",
        "--run-id", f"width-{width}", "--set", f"output={folder}/runs", "--set", f"model.hidden=[{width}, {width}]",
        "--set", "training.epochs=1", "--set", "training.workers=2", "--set", "gate.atLeast=0",
    ]


def planned(folder, width, environment):
    """MiB outside the heap, as `plan` says."""
    words = subprocess.run(line(folder, "plan", width), env=environment, check=True, capture_output=True, text=True).stdout
    number, unit = OUTSIDE.search(words).groups()
    return float(number.replace(",", "")) * MEBIBYTES[unit]


def measured(folder, width, heap, environment):
    """Most MiB that the process had outside its heap."""
    peak = 0
    job = subprocess.Popen(line(folder, "train", width), env=environment)  # the launcher becomes Java
    while job.poll() is None:
        peak = max(peak, standalone.peak(job.pid))
        time.sleep(0.1)
    if job.returncode != 0:
        raise SystemExit(f"The job ended with {job.returncode}")
    return peak / 1024 - int(heap[:-1]) * {"m": 1, "g": 1024}[heap[-1]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--widths", default="512,2048,4096")
    parser.add_argument("--heap", default="2g")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="evenstep-plan-") as name:
        folder = pathlib.Path(name)
        environment = dict(
            os.environ, EVENSTEP_LOG=str(folder / "evenstep.log"), EVENSTEP_DRIVER_MEMORY=options.heap,
            EVENSTEP_JAVA_OPTIONS=f"-Xms{options.heap} -XX:+AlwaysPreTouch",
        )
        for width in options.widths.split(","):
            plan = planned(folder, width, environment)
            peak = measured(folder, width, options.heap, environment)
            print(f"width {width}: planned {plan:,.0f} MiB, measured {peak:,.0f} MiB, ratio {plan / peak:.2f}", flush=True)


if __name__ == "__main__":
    main()
