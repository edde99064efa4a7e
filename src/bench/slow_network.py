#!/usr/bin/env python3
"""Time to a test accuracy over slow networks: two hosts joined by a cable that carries 100 Mb/s, 1 Gb/s or 10 Gb/s.

    sudo python3 src/bench/slow_network.py [--models mlp,lenet] [--megabits 100,1000,10000] [--steps 60] [--torch PYTHON]

The hosts are network namespaces of this machine, so only root can run it, and both share its processors. A format's
accuracies do not depend on the network: Evenstep gives the same bits with any number of workers. So each format is
trained once without a cable, for the epochs that it needs. Then a few steps are timed over each cable, and the time to
the accuracy is the product. With --torch, the Python of an environment with PyTorch, the same is done with
DistributedDataParallel over gloo, without and with its bfloat16 hook. Needs MNIST (--mnist or EVENSTEP_MNIST).
"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile

import hosts
import namespaces

TARGETS = {"mlp": 0.97, "lenet": 0.985}
WAYS = {
    "float32": {"wire": "float32"},
    "bfloat16": {"wire": "bfloat16"},
    "int8": {"wire": "int8"},
    "sharing": {"sharing": "top_k", "shards": 2},
    "local-steps": {"every": 20, "islands": 2},
}
BATCH = 256
ROWS = 60_000
TORCH_PORT = 29_511


def epochs_needed(folder, model, settings, most):
    result = hosts.train(folder, model=model, epochs=most, **settings)
    return reached(result["accuracies"], TARGETS[model]), max(result["accuracies"])


def reached(accuracies, target):
    """The first epoch, from 1, that reaches the accuracy; 0 if none does."""
    return next((epoch for epoch, accuracy in enumerate(accuracies, 1) if accuracy >= target), 0)


def timed(folder, link, model, settings, steps):
    """Milliseconds of a step over three epochs, of which the first is slower until the JIT compiler has done its work."""
    return hosts.step(hosts.train(folder, 2, link, model=model, epochs=3, rows=steps * BATCH, **settings))


def torch(python, folder, link, model, hook, epochs, rows):
    """The result of two processes of PyTorch."""
    script = pathlib.Path(__file__).with_name("slow_torch.py")
    processes = []
    for rank in range(2):
        words = [python, str(script), str(rank), f"{link.address(0)}:{TORCH_PORT}", str(folder), model, hook, str(epochs), str(rows)]
        environment = {**hosts.environment(folder), "GLOO_SOCKET_IFNAME": namespaces.CABLE, "MKL_NUM_THREADS": "1"}
        processes.append(
            subprocess.Popen(
                link.inside(rank, ["timeout", str(hosts.LIMIT_SECONDS), *words]), stdout=subprocess.PIPE, text=True, env=environment
            )
        )
    out = processes[0].communicate()[0]
    processes[1].communicate()
    line = next((line for line in out.splitlines() if line.startswith("@")), None)
    if line is None:
        raise SystemExit(f"PyTorch has ended without a result: {out}")
    return json.loads(line[1:])


def row(model, name, needed, best, rates):
    steps = ROWS // BATCH
    cells = [f"{millis:.1f} ms, " + (f"{needed * steps * millis / 1000:.1f} s" if needed else "not reached") for millis in rates]
    return f"| {model} | {name} | {needed or '-'} ({best:.2%}) | " + " | ".join(cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", default="mlp,lenet")
    parser.add_argument("--megabits", default="100,1000,10000")
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--steps", type=int, default=60, help="steps of each of three timed epochs")
    parser.add_argument("--epochs", type=int, default=6, help="most epochs to the accuracy; 0 to time steps only")
    parser.add_argument("--mnist", default=os.environ.get("EVENSTEP_MNIST"))
    parser.add_argument("--torch", help="a Python with PyTorch")
    options = parser.parse_args()
    refused = namespaces.refused()
    if refused:
        raise SystemExit(f"Cannot measure slow networks here: {refused}")
    hosts.build()
    speeds = [int(each) for each in options.megabits.split(",")]
    print("| network | format | epochs (best accuracy) | " + " | ".join(f"{each:,} Mb/s" for each in speeds) + " |")
    print("|---|---|---|" + "---|" * len(speeds))
    with tempfile.TemporaryDirectory(prefix="evenstep-network-") as name, namespaces.Link() as link:
        folder = pathlib.Path(name)
        hosts.pack(options.mnist, folder)
        for model in options.models.split(","):
            for way in options.ways.split(","):
                needed, best = epochs_needed(folder, model, WAYS[way], options.epochs) if options.epochs else (0, 0)
                millis = []
                for megabits in speeds:
                    link.shape(megabits)
                    millis.append(timed(folder, link, model, WAYS[way], options.steps))
                print(row(model, way, needed, best, millis), flush=True)
            for hook in ("none", "bf16") if options.torch else ():
                link.shape(0)
                curve = torch(options.torch, folder, link, model, hook, options.epochs, ROWS)["accuracies"] if options.epochs else [0]
                millis = []
                for megabits in speeds:
                    link.shape(megabits)
                    times = torch(options.torch, folder, link, model, hook, 3, options.steps * BATCH)["milliseconds"]
                    millis.append(sorted(times)[1])
                print(row(model, f"DDP, hook {hook}", reached(curve, TARGETS[model]), max(curve), millis), flush=True)


if __name__ == "__main__":
    main()
