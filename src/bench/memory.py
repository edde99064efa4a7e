#!/usr/bin/env python3
"""Peak memory of a training job as its data set grows.

Trains conf/mnist-mlp.yaml for one epoch, with 1,024 rows per step, on MNIST and then on MNIST repeated N times. Prints
the peak resident memory of each process, and the ratios. The job runs on two workers: threads of one process, or with
--cluster executors of a real standalone cluster, each in its own process.

    python3 src/bench/memory.py MNIST_FOLDER [--cluster] [--times 20] [--heap 1g] [--grow]

MNIST_FOLDER holds the four .gz files. Each process gets its whole heap at once, so that the result shows what it needs
and not when Java collects garbage; with --grow the heap grows as Java decides. All files go into a temporary folder,
about 100 MB for each repetition, which is removed at the end. Needs only Linux and Python 3.
"""

import argparse
import contextlib
import gzip
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

import standalone

ROOT = pathlib.Path(__file__).resolve().parents[2]
LAUNCHER = ROOT / "deploy" / "evenstep"
SAMPLE_SECONDS = 0.1


def repeat(source, target, times):
    """Writes an IDX file with the rows of a gzipped one, repeated; returns their number."""
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


def command(options, folder, master):
    line = [
        str(LAUNCHER), "train", str(ROOT / "conf" / "mnist-mlp.yaml"),
        "--master", master, "--run-id", "memory", "--set", f"output={folder}/runs",
        "--set", f"data.folder={options.mnist.resolve()}", "--set", f"data.path={folder}/images.idx",
        "--set", f"data.labels={folder}/labels.idx", "--set", "gate.atLeast=0", "--set", "training.batch=1024",
        "--set", "training.epochs=1", "--set", "training.workers=2",
    ]
    if options.cluster:
        line += ["--conf", f"spark.executor.memory={options.heap}"]
        line += ["--conf", f"spark.executor.extraJavaOptions={java_options(options)}"]
    return line


def java_options(options):
    return "" if options.grow else f"-Xms{options.heap} -XX:+AlwaysPreTouch"


def train(options, folder, cluster):
    """Peak resident KiB of the driver and of each executor, in the order of their start."""
    environment = standalone.environment(options.spark, folder)
    environment["EVENSTEP_DRIVER_MEMORY"] = options.heap
    environment["EVENSTEP_JAVA_OPTIONS"] = java_options(options)
    environment["EVENSTEP_LOG"] = str(folder / "evenstep.log")
    peaks = {}
    job = subprocess.Popen(command(options, folder, cluster.master if cluster else "local[2]"), env=environment)
    try:
        while job.poll() is None:
            for pid in [job.pid, *(cluster.executors() if cluster else [])]:
                peaks[pid] = max(peaks.get(pid, 0), standalone.peak(pid))
            time.sleep(SAMPLE_SECONDS)
    finally:
        job.terminate()
        job.wait()
    if job.returncode != 0:
        sys.exit(f"the job failed with exit code {job.returncode}")
    return list(peaks.values())


def measure(options, times):
    """Trains once, in its own folder and on its own cluster; prints and returns the peaks."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="evenstep-memory-"))
    try:
        rows = repeat(options.mnist / "train-images-idx3-ubyte.gz", folder / "images.idx", times)
        repeat(options.mnist / "train-labels-idx1-ubyte.gz", folder / "labels.idx", times)
        with contextlib.ExitStack() as stack:
            cluster = None
            if options.cluster:
                cluster = stack.enter_context(standalone.Standalone(options.spark, folder, 2, options.heap))
            start = time.monotonic()
            peaks = train(options, folder, cluster)
            seconds = time.monotonic() - start
    finally:
        shutil.rmtree(folder)
    parts = ", executors ".join([mebibytes(peaks[:1]), mebibytes(peaks[1:])] if options.cluster else [mebibytes(peaks)])
    print(f"{rows:>9,} rows: driver {parts}, sum {sum(peaks) / 1024:,.0f} MiB resident at their peaks, {seconds:.0f} s", flush=True)
    return peaks


def mebibytes(peaks):
    return " + ".join(f"{peak / 1024:,.0f}" for peak in peaks)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("mnist", type=pathlib.Path)
    arguments.add_argument("--cluster", action="store_true", help="two executors, each a process of its own")
    arguments.add_argument("--times", type=int, default=20)
    arguments.add_argument("--heap", default="1g", help="of the driver, and of each executor")
    arguments.add_argument("--grow", action="store_true", help="let Java begin with a small heap")
    options = arguments.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that child processes are ended too
    subprocess.run([str(LAUNCHER), "--version"], check=True, stdout=subprocess.DEVNULL)  # builds what is missing
    options.spark = pathlib.Path(os.environ.get("SPARK_HOME") or ROOT / "driver" / "target" / "spark")
    one, many = measure(options, 1), measure(options, options.times)
    ratios = " + ".join(f"{after / before:.3f}" for before, after in zip(one, many))
    print(f"ratio of the sums {sum(many) / sum(one):.3f}, of the processes {ratios}")


if __name__ == "__main__":
    main()
