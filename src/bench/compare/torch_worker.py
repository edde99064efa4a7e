"""PyTorch's DistributedDataParallel over gloo, one single-threaded process per worker; answers requests line by line.

python -m compare.torch_worker JOB.yaml DATA WORKERS
"""

import json
import os
import pathlib
import subprocess
import sys
import time

import torch
import torch.distributed as dist
import yaml
from torch.nn import functional
from torch.nn.parallel import DistributedDataParallel

from compare import networks, rows, torch_nets

BATCH = 256  # rows per step, over all workers


class Trainee:
    def __init__(self, job, data):
        torch.set_num_threads(1)
        torch.manual_seed(1)
        with open(job, encoding="utf-8") as file:
            self.job = yaml.safe_load(file)
        self.shape = self.job["data"]["shape"]
        self.layers = networks.network(self.job["model"]["layers"], self.shape)
        self.features, self.labels = self.rows(data)
        self.rank, self.world = dist.get_rank(), dist.get_world_size()
        self.network = DistributedDataParallel(self.built(), gradient_as_bucket_view=True)
        self.optimizer = torch.optim.Adam(self.trained(self.network), lr=0.001, fused=True)

    def rows(self, folder):
        features, labels = rows.load(pathlib.Path(folder))
        return torch.from_numpy(features).reshape(-1, *self.shape), torch.from_numpy(labels)

    def built(self, exact=False):
        return torch_nets.Network(self.layers, self.job["model"]["activation"], exact)

    @staticmethod
    def trained(network):
        return [each for each in network.parameters() if each.requires_grad]

    def train(self, epochs):
        """Milliseconds of each part of a step and in total. The gradient includes the overlapped exchange."""
        self.network.train()
        share = BATCH // self.world
        steps = len(self.labels) // BATCH
        feed = gradient = update = 0.0
        dist.barrier()
        began = time.perf_counter()
        for epoch in range(epochs):
            order = torch.randperm(len(self.labels), generator=torch.Generator().manual_seed(epoch))
            for step in range(steps):
                start = time.perf_counter()
                first = step * BATCH + self.rank * share
                mine = order[first : first + share]
                features, labels = self.features[mine], self.labels[mine]
                fed = time.perf_counter()
                self.optimizer.zero_grad()
                functional.cross_entropy(self.network(features), labels).backward()
                computed = time.perf_counter()
                self.optimizer.step()
                feed, gradient = feed + fed - start, gradient + computed - fed
                update += time.perf_counter() - computed
        dist.barrier()
        seconds, taken = time.perf_counter() - began, epochs * steps
        parts = {"feed": feed, "gradient and exchange": gradient, "update": update}
        phases = {name: spent * 1000 / taken for name, spent in parts.items()}
        return {"examples": taken * BATCH, "seconds": seconds, "milliseconds": phases}

    def check(self, folder, written, rate):
        """Losses of one batch before and after a step of plain gradient descent, and the number of parameters."""
        network = self.built(exact=True).train()
        torch_nets.load(network, pathlib.Path(folder), written)
        features, labels = self.rows(folder)
        optimizer = torch.optim.SGD(self.trained(network), lr=rate)
        losses = []
        for _ in range(2):
            optimizer.zero_grad()
            loss = functional.cross_entropy(network(features), labels)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        return {"losses": losses, "parameters": sum(each.numel() for each in self.trained(network))}

    def accuracy(self, folder):
        features, labels = self.rows(folder)
        self.network.eval()
        with torch.no_grad():
            guesses = [self.network.module(part).argmax(1) for part in features.split(BATCH)]
        return {"accuracy": (torch.cat(guesses) == labels).double().mean().item()}

    def answer(self, request):
        if request["do"] == "train":
            return self.train(request["epochs"])
        if request["do"] == "accuracy":
            return self.accuracy(request["folder"])
        return self.check(request["folder"], request["written"], request["rate"])


def distributed(job, data, epochs):
    """What TorchDistributor runs in each of its processes: a warm-up, then the epochs that count."""
    dist.init_process_group("gloo")
    trainee = Trainee(job, data)
    trainee.train(1)
    turn = trainee.train(epochs)
    dist.destroy_process_group()
    return turn


def main():
    job, data, workers = sys.argv[1:4]
    rank = int(os.environ.get("RANK", "0"))
    address = f"file://{os.environ['COMPARE_RENDEZVOUS']}"
    others = []
    if rank == 0:
        for other in range(1, int(workers)):
            others.append(
                subprocess.Popen(
                    [sys.executable, "-m", "compare.torch_worker", *sys.argv[1:]],
                    env={**os.environ, "RANK": str(other)},
                    stdin=subprocess.DEVNULL,
                )
            )
    dist.init_process_group("gloo", init_method=address, rank=rank, world_size=int(workers))
    trainee = Trainee(job, data)
    if rank == 0:
        print("@{}", flush=True)
    while True:
        line = [sys.stdin.readline() if rank == 0 else None]
        dist.broadcast_object_list(line)
        if not line[0]:
            break
        answer = trainee.answer(json.loads(line[0]))
        if rank == 0:
            print("@" + json.dumps(answer), flush=True)
    dist.destroy_process_group()
    for other in others:
        other.wait(timeout=60)


if __name__ == "__main__":
    main()
