"""A training run of HostBench: one process per host, on loopback or at the two ends of a cable."""

import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIMIT_SECONDS = 1200


def build():
    """Builds the benchmark's classes, unless BENCH_BUILT says that they are there."""
    if not os.environ.get("BENCH_BUILT"):
        subprocess.run(java("pack", "--help"), check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.environ["BENCH_BUILT"] = "1"


def pack(mnist, folder):
    subprocess.run(java("pack", str(mnist), str(folder)), check=True, env=environment(folder))


def train(folder, processes=1, link=None, **settings):
    """Trains, and returns the result of the first process. With a link, every other process is at its other end."""
    return together("run", folder, processes, link, settings)


def probe(folder, processes, link):
    """What the processes measure of the network and themselves, in the form that CostTable reads."""
    return together("probe", folder, processes, link, {})


def predict(folder, speeds, cases):
    """Milliseconds of the exchange in each case, by format."""
    asked = json.dumps({**speeds, "cases": cases})
    done = subprocess.run(java(main="bench.CostTable"), input=asked, stdout=subprocess.PIPE, text=True, check=True, env=environment(folder))
    return json.loads(next(line for line in done.stdout.splitlines() if line.startswith("@"))[1:])


def step(result):
    """Milliseconds of a step, without evaluations and checkpoints."""
    return sum(spent for part, spent in result["stepMilliseconds"].items() if part != "other")


def together(word, folder, processes, link, settings):
    started, meeting = [], ""
    try:
        for process in range(processes):
            side = process % 2
            own = {"folder": folder, "process": process, "processes": processes, **settings}
            if link:
                own["host"] = link.address(side)
            if meeting:
                own["meeting"] = meeting
            command = java(word, *(f"{name}={value}" for name, value in own.items()))
            command = link.inside(side, command) if link else command
            with open(folder / f"process-{process}.log", "w", encoding="utf-8") as log:
                started.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment(folder)))
            if process == 0:
                meeting = said(started[0], folder)
        result = json.loads(said(started[0], folder))
        for each in started:
            each.communicate(timeout=60)
        return result
    finally:
        for each in started:
            each.kill()


def said(process, folder):
    """The next line that a process has marked."""
    for line in process.stdout:
        if line.startswith("@"):
            return line[1:].strip()
    raise SystemExit(f"The run has ended early; its log says:\n{(folder / 'process-0.log').read_text()[-3000:]}")


def java(*arguments, main="bench.HostBench"):
    return ["timeout", str(LIMIT_SECONDS), "sh", str(ROOT / "src" / "bench" / "run.sh"), "worker", "1g", main, *arguments]


def environment(folder):
    kept = {name: value for name, value in os.environ.items() if name not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    logging = f"-Dlog4j2.configurationFile={(ROOT / 'conf' / 'log4j2.properties').as_uri()}"
    options = f"{logging} -XX:ActiveProcessorCount=2 -XX:+UseSerialGC"
    return {**kept, "OMP_NUM_THREADS": "1", "JDK_JAVA_OPTIONS": options, "EVENSTEP_LOG": str(folder / "evenstep.log")}
