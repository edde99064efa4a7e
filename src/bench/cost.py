#!/usr/bin/env python3
"""Predicts the time of a step for many hosts and several networks, and checks the prediction against runs.

    sudo python3 src/bench/cost.py [--model mlp] [--check 1x1,2x1,4x1,2x2] [--megabits 0,100,1000]

A step takes: the computation of a worker's shards, the exchange, the update, and the rest. The exchange is predicted by
the same class that `training.auto` uses (worker.cost.ExchangeCost) from what this machine measures: latency, time per
frame, bandwidth, and the time to round, encode, decode and add a number. The rest of a step is measured with one worker
and scaled: shards and the update are shared by the workers, and more processes than processors take turns.

`--check` gives hosts x workers of each host, each host a process; with more than one host they are at the two ends of a
cable of each of the given speeds (0 for no limit), so only root can run it. Then it prints the predictions for
16 workers a host and 1 to 64 hosts, with four shards of 32 rows for each worker, for the networks of `compare`.
"""

import argparse
import json
import os
import pathlib
import tempfile

import hosts
import namespaces

FORMATS = ("float32", "bfloat16", "int8")
BATCH = 256
SHARDS = 8
GIGABITS = (1, 10, 25, 100)
HOSTS = (1, 2, 4, 16, 64)
RANKS = 16
SHARDS_OF_WORKER = 4

# Parameters, and milliseconds of one shard of 32 rows and of an update, as src/site/performance.md has them.
NETWORKS = {
    "MLP 64-128-64-10": (17_226, 0.065, 0.02),
    "MLP 784-512-256-10": (535_818, 0.818, 0.81),
    "LeNet 20/50/500": (431_080, 8.191, 1.35),
    "residual CNN": (78_650, 21.361, 0.29),
    "LSTM 28 x 28, 128 units": (81_674, 5.254, 0.35),
}

CHECKED = {"mlp": "MLP 784-512-256-10", "lenet": "LeNet 20/50/500"}


def check(folder, link, options):
    """Prints measured and predicted milliseconds of a step; returns the speeds measured without a limit."""
    alone = hosts.train(folder, model=options.model, rows=options.steps * BATCH, epochs=3)
    parts = alone["stepMilliseconds"]
    processors = len(os.sched_getaffinity(0))
    print(f"One worker, {options.model}: " + ", ".join(f"{part} {spent:.2f} ms" for part, spent in parts.items()))
    print("| hosts x workers | network | format | measured ms | predicted ms | measured / predicted |")
    print("|---|---|---|---|---|---|")
    fastest = None
    for shape in options.check.split(","):
        count, ranks = map(int, shape.split("x"))
        workers = count * ranks
        turns = max(1, workers / processors)
        rest = turns * (parts["compute"] + parts["update"]) / workers + turns * parts["feed"]
        for megabits in map(int, options.megabits.split(",")) if count > 1 else [0]:
            link.shape(megabits)
            speeds = hosts.probe(folder, count, link)
            fastest = fastest or (speeds if count > 1 else None)
            floats = NETWORKS[CHECKED[options.model]][0]
            case = {"hosts": count, "ranks": ranks, "shards": SHARDS, "floats": floats, "gigabits": speeds["gigabits"]}
            exchange = hosts.predict(folder, speeds, [case])[0]
            speed = f"{speeds['gigabits']:.2f} Gb/s" if count > 1 else "one process"
            for wire in FORMATS:
                result = hosts.train(
                    folder, count, link, model=options.model, rows=options.steps * BATCH, epochs=3, wire=wire, ranks=ranks
                )
                guess, real = rest + exchange[wire], hosts.step(result)
                print(f"| {shape} | {speed} | {wire} | {real:.2f} | {guess:.2f} | {real / guess:.2f} |", flush=True)
    return fastest


def table(folder, speeds):
    """Prints predicted milliseconds of a step with float32, bfloat16 and int8."""
    cases, names = [], []
    for name, (floats, shard, update) in NETWORKS.items():
        for count in HOSTS:
            for gigabits in GIGABITS:
                workers = count * RANKS
                cases.append(
                    {"hosts": count, "ranks": RANKS, "shards": SHARDS_OF_WORKER * workers, "floats": floats, "gigabits": gigabits}
                )
                names.append((name, count, gigabits, SHARDS_OF_WORKER * shard + update))
    answers = hosts.predict(folder, speeds, cases)
    print("| network | workers on hosts | " + " | ".join(f"{each} Gb/s" for each in GIGABITS) + " |")
    print("|---|---|" + "---|" * len(GIGABITS))
    found = dict(zip(((name, count, gigabits) for name, count, gigabits, _ in names), zip(names, answers)))
    for name in NETWORKS:
        for count in HOSTS:
            cells = []
            for gigabits in GIGABITS:
                (_, _, _, own), exchange = found[name, count, gigabits]
                cells.append(" / ".join(f"{own + exchange[wire]:.1f}" for wire in FORMATS))
            print(f"| {name} | {count * RANKS:,} on {count} | " + " | ".join(cells) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="mlp", help="mlp or lenet")
    parser.add_argument("--check", default="1x1,2x1,4x1,2x2")
    parser.add_argument("--megabits", default="0,100,1000")
    parser.add_argument("--steps", type=int, default=60, help="steps of each of three epochs")
    parser.add_argument("--mnist", default=os.environ.get("EVENSTEP_MNIST"))
    options = parser.parse_args()
    refused = namespaces.refused()
    if refused:
        raise SystemExit(f"Cannot measure networks here: {refused}")
    hosts.build()
    with tempfile.TemporaryDirectory(prefix="evenstep-cost-") as name, namespaces.Link() as link:
        folder = pathlib.Path(name)
        hosts.pack(options.mnist, folder)
        speeds = check(folder, link, options)
        if speeds:
            print(json.dumps(speeds))
            table(folder, speeds)


if __name__ == "__main__":
    main()
