#!/usr/bin/env python3
"""A long training run on a standalone cluster, in which executors are killed at random.

Starts a master and workers on this machine and trains the digits for about the given time, while `kill -9` hits an
executor from time to time. For the first --minutes one executor is spared, so that it survives many recoveries. Then it
trains the same job once more, undisturbed, in one process, and compares parametersSha256. Meanwhile it prints resident
memory, Java heap after a collection, threads and open files of driver and executors, and fails if one of them grows.

    python3 src/bench/soak.py [--minutes 20] [--workers 2] [--seed 1] [--pause 10-40]

Build first: ./mvnw package -Dmaven.test.skip=true. Needs Linux, Python 3 and a JDK (jcmd).
"""

import argparse
import json
import os
import pathlib
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import standalone

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPARK = ROOT / "driver" / "target" / "spark"
HEAP_MIB = 512
# The whole heap at once: whatever grows then is not the heap, and the heap's use is measured separately.
JAVA_OPTIONS = f"-Xms{HEAP_MIB}m -XX:+AlwaysPreTouch -XX:+UseSerialGC"

# How much the last third of a process's life may exceed the middle third, which comes after warm-up.
ALLOWED = {"rss": (1.10, 32), "heap": (1.10, 16), "threads": (1.0, 8), "files": (1.0, 16)}


def jcmd(pid, command):
    home = os.environ.get("JAVA_HOME")
    tool = os.path.join(home, "bin", "jcmd") if home else "jcmd"
    return subprocess.run([tool, str(pid), command], capture_output=True, timeout=60, check=True, text=True).stdout


def measure(pid):
    """Resident MiB, heap MiB after a collection, threads and open files; None when the process is gone."""
    used = heap(pid)
    try:
        files = len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return None
    resident, threads = standalone.status(pid, "VmRSS") / 1024, standalone.status(pid, "Threads")
    return {"rss": resident, "threads": threads, "files": files, "heap": used} if used and threads else None


def heap(pid):
    try:
        jcmd(pid, "GC.run")
        info = jcmd(pid, "GC.heap_info")
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None  # killed in the meantime
    used = re.findall(r"(?:heap|Generation|generation)\s+total \d+K, used (\d+)K", info)
    return sum(map(int, used)) / 1024 if used else None


def growth(samples):
    """The measures that are higher in the last third of a process's samples than in the middle third."""
    third = len(samples) // 3
    grown = []
    for name, (factor, more) in ALLOWED.items():
        middle, last = ([seen[name] for seen in part] for part in (samples[third : 2 * third], samples[2 * third :]))
        if third >= 3 and statistics.median(last) > statistics.median(middle) * factor + more:
            grown.append(f"{name} from {statistics.median(middle):.0f} to {statistics.median(last):.0f}")
    return grown


def train(folder, master, run_id, epochs, workers):
    command = [str(ROOT / "deploy" / "evenstep"), "train", str(ROOT / "conf" / "digits.yaml"), "--master", master,
               "--run-id", run_id, "--set", f"output={folder}/runs", "--set", f"training.epochs={epochs}",
               "--set", "training.attempts=10000", "--set", "gate.atLeast=0"]
    if not master.startswith("local"):
        command += ["--conf", f"spark.cores.max={workers}", "--conf", "spark.scheduler.minRegisteredResourcesRatio=1",
                    "--conf", f"spark.executor.memory={HEAP_MIB}m",
                    "--conf", f"spark.executor.extraJavaOptions={JAVA_OPTIONS}"]
    environment = dict(standalone.environment(SPARK, folder), EVENSTEP_DRIVER_MEMORY=f"{HEAP_MIB}m", EVENSTEP_JAVA_OPTIONS=JAVA_OPTIONS)
    log = folder / f"{run_id}.log"
    with open(log, "wb") as out:
        return subprocess.Popen(command, stdout=out, stderr=out, env=environment, cwd=folder)


def finish(folder, run, run_id):
    code = run.wait()
    if code != 0:
        raise SystemExit(f"{run_id} ended with exit code {code}:\n{(folder / f'{run_id}.log').read_text()[-4000:]}")
    return json.loads((folder / "runs" / run_id / "result.json").read_text())


def disturb(run, cluster, chance, options, sample_seconds):
    """Kills and measures until the run ends; returns the samples by process, and the kills."""
    samples, kills, spared = {}, 0, None
    begin = time.monotonic()
    next_kill, next_sample = begin + chance.uniform(*options.pause), begin + sample_seconds
    while run.poll() is None:
        now = time.monotonic()
        if now >= next_kill:
            victims = cluster.executors()
            if now - begin < options.minutes * 60 and victims:
                spared = spared if spared in victims else min(victims)
                victims = [pid for pid in victims if pid != spared]
            if victims:
                victim = chance.choice(sorted(victims))
                os.kill(victim, signal.SIGKILL)
                kills += 1
                print(f"{now - begin:6.0f} s  killed executor {victim}", flush=True)
            next_kill = now + chance.uniform(*options.pause)
        if now >= next_sample:
            sample(begin, run.pid, cluster, samples)
            next_sample = time.monotonic() + sample_seconds
        time.sleep(0.2)
    return samples, kills


def sample(begin, driver, cluster, samples):
    for kind, pid in [("driver", driver), *(("executor", pid) for pid in cluster.executors())]:
        seen = measure(pid)
        if seen:
            samples.setdefault((kind, pid), []).append(seen)
            print(f"{time.monotonic() - begin:6.0f} s  {kind:8} {pid:7}: {seen['rss']:5.0f} MiB resident, "
                  f"{seen['heap']:4.0f} MiB heap, {seen['threads']:3} threads, {seen['files']:3} open files", flush=True)


def soak(folder, options, cluster):
    trial = finish(folder, train(folder, cluster.master, "trial", 20, options.workers), "trial")
    epochs = max(20, round(20 * options.minutes * 60 / trial["trainSeconds"]))
    print(f"{epochs:,} epochs, seed {options.seed}", flush=True)
    run = train(folder, cluster.master, "disturbed", epochs, options.workers)
    try:
        sample_seconds = min(30, max(5, options.minutes * 1.5))
        samples, kills = disturb(run, cluster, random.Random(options.seed), options, sample_seconds)
    finally:
        if run.poll() is None:
            run.terminate()
    disturbed = finish(folder, run, "disturbed")
    print(f"{kills} kills, {disturbed['attempts']} attempts, {disturbed['stepsRedone']} steps redone, {disturbed['steps']:,} steps", flush=True)
    calm = finish(folder, train(folder, "local[1]", "calm", epochs, options.workers), "calm")
    problems = [f"{kind} {pid}: {what}" for (kind, pid), seen in samples.items() for what in growth(seen)]
    if calm["parametersSha256"] != disturbed["parametersSha256"]:
        problems.append(f"the run ended in {disturbed['parametersSha256']}, undisturbed in {calm['parametersSha256']}")
    else:
        print(f"the same parameters as undisturbed: {calm['parametersSha256']}")
    if kills == 0:
        problems.append("nothing was killed")
    return problems


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--minutes", type=float, default=20, help="of training, undisturbed")
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--pause", default="10-40", help="seconds between two kills, from-to",
                           type=lambda text: tuple(float(part) for part in text.split("-")))
    options = arguments.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that child processes are ended too
    folder = pathlib.Path(tempfile.mkdtemp(prefix="evenstep-soak-"))
    with standalone.Standalone(SPARK, folder, options.workers, "1g") as cluster:
        problems = soak(folder, options, cluster)
    for problem in problems:
        print(f"PROBLEM {problem}")
    if problems:
        sys.exit(f"failed; logs are in {folder}")
    shutil.rmtree(folder)
    print("passed")


if __name__ == "__main__":
    main()
