"""PyTorch's DistributedDataParallel on the rows of HostBench, one process at each end of a cable.

python slow_torch.py RANK ADDRESS FOLDER MODEL HOOK EPOCHS ROWS
"""

import json
import os
import pathlib
import sys
import time

import numpy
import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.algorithms.ddp_comm_hooks import default_hooks
from torch.nn import functional
from torch.nn.parallel import DistributedDataParallel

BATCH = 256  # rows per step, over both processes
PIXELS = 784
NETWORKS = {
    "mlp": lambda: nn.Sequential(
        nn.Flatten(), nn.Linear(PIXELS, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10)
    ),
    "lenet": lambda: nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, 500), nn.ReLU(), nn.Linear(500, 10),
    ),
}
HOOKS = {"none": None, "bf16": default_hooks.bf16_compress_hook}


def load(folder, split, count):
    records = numpy.fromfile(folder / split, dtype=numpy.uint8).reshape(-1, PIXELS + 1)[:count]
    images = torch.from_numpy(records[:, :PIXELS].astype(numpy.float32) / 255).reshape(-1, 1, 28, 28)
    return images, torch.from_numpy(records[:, PIXELS].astype(numpy.int64))


def main():
    rank, address, folder, model, hook, epochs, count = sys.argv[1:8]
    rank, folder, epochs, count = int(rank), pathlib.Path(folder), int(epochs), int(count)
    torch.set_num_threads(1)
    torch.manual_seed(1)
    dist.init_process_group("gloo", init_method=f"tcp://{address}", rank=rank, world_size=2)
    network = DistributedDataParallel(NETWORKS[model](), gradient_as_bucket_view=True)
    if HOOKS[hook]:
        network.register_comm_hook(None, HOOKS[hook])
    optimizer = torch.optim.Adam(network.parameters(), lr=0.001, fused=True)
    images, labels = load(folder, "train", count)
    tests, answers = load(folder, "test", count)
    steps, seconds, accuracies = len(labels) // BATCH, [], []
    for epoch in range(epochs):
        order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(epoch))
        dist.barrier()
        began = time.perf_counter()
        for step in range(steps):
            first = step * BATCH + rank * BATCH // 2
            mine = order[first : first + BATCH // 2]
            optimizer.zero_grad()
            functional.cross_entropy(network(images[mine]), labels[mine]).backward()
            optimizer.step()
        dist.barrier()
        seconds.append(time.perf_counter() - began)
        with torch.no_grad():
            guesses = torch.cat([network.module(part).argmax(1) for part in tests.split(BATCH)])
        accuracies.append((guesses == answers).double().mean().item())
    if rank == 0:
        print("@" + json.dumps({"milliseconds": [1000 * each / steps for each in seconds], "accuracies": accuracies}), flush=True)
    dist.destroy_process_group()


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
