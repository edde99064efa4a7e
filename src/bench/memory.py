#!/usr/bin/env python3
"""Peak memory of a training job as its data set grows.

Trains conf/mnist-mlp.yaml for one epoch, 1,024 rows a step, on MNIST, then on MNIST repeated N times, each as one whole
process with a heap of 1 GB, and prints the peak resident memory of both and their ratio.

    python3 src/bench/memory.py MNIST_FOLDER [--times 20] [--heap 1g]

MNIST_FOLDER holds the four .gz files. The repeated images are written uncompressed to a temporary
folder, which is removed at the end. Needs Linux and Python 3 alone.
"""

import argparse
import gzip
import os
import pathlib
import shutil
import struct
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def repeat(source, target, times):
    """Writes an IDX file whose rows are those of a gzipped one, repeated."""
    with gzip.open(source) as stream:
        content = stream.read()
    dimensions = content[3]
    header = 4 + 4 * dimensions
    rows = struct.unpack(">I", content[4:8])[0]
    with open(target, "wb") as out:
        out.write(content[:4] + struct.pack(">I", rows * times) + content[8:header])
        for _ in range(times):
            out.write(content[header:])
    return rows * times


def train(mnist, folder, heap):
    """Peak resident kilobytes, of the largest process, and seconds of one job."""
    command = [
        str(ROOT / "deploy" / "evenstep"), "train", str(ROOT / "conf" / "mnist-mlp.yaml"),
        "--master", "local[2]", "--run-id", "memory", "--set", f"output={folder}/runs",
        "--set", f"data.folder={mnist}", "--set", f"data.path={folder}/images.idx",
        "--set", f"data.labels={folder}/labels.idx", "--set", "gate.atLeast=0", "--set", "training.batch=1024",
        "--set", "training.epochs=1",
    ]
    environment = dict(os.environ, EVENSTEP_DRIVER_MEMORY=heap)
    environment["EVENSTEP_JAVA_OPTIONS"] = f"-Xms{heap} -XX:+AlwaysPreTouch"
    start = time.monotonic()
    pid = os.posix_spawn(command[0], command, environment)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit(f"the job failed with exit code {os.waitstatus_to_exitcode(status)}")
    return usage.ru_maxrss, time.monotonic() - start


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("mnist", type=pathlib.Path)
    arguments.add_argument("--times", type=int, default=20)
    arguments.add_argument("--heap", default="1g")
    options = arguments.parse_args()
    peaks = []
    for times in (1, options.times):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="evenstep-memory-"))
        try:
            mnist = options.mnist.resolve()
            rows = repeat(mnist / "train-images-idx3-ubyte.gz", folder / "images.idx", times)
            repeat(mnist / "train-labels-idx1-ubyte.gz", folder / "labels.idx", times)
            peak, seconds = train(mnist, folder, options.heap)
        finally:
            shutil.rmtree(folder)
        peaks.append(peak)
        print(f"{rows:>9,} rows: peak {peak / 1024:,.0f} MiB resident, {seconds:.0f} s", flush=True)
    print(f"ratio {peaks[1] / peaks[0]:.3f}")


if __name__ == "__main__":
    main()
