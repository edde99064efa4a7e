"""Checks that the contenders train the same network: parameter count, and loss after a step from equal weights."""

import csv
from math import prod

from compare import networks, processes

RATE = 0.1  # learning rate of a step of plain gradient descent
TINY = 1e-30  # learning rate of a step that leaves the first weights unchanged
WITHIN = 1e-3
ONE_SHARD = {"training.workers": 1, "training.shards": 1, "training.optimizer.name": "sgd"}  # for batch norm


def begin(child, model):
    """Lets Evenstep draw the first weights and write them as a network."""
    settings = {**ONE_SHARD, "training.epochs": 1, "training.optimizer.learningRate": TINY}
    processes.train(child, model, model.check, processes.initial(model).parent, settings)


def evenstep_losses(child, model, engine):
    run = model.folder / "runs" / f"check-{engine or 'dl4j'}"
    settings = {**ONE_SHARD, "training.epochs": 2, "training.optimizer.learningRate": RATE, **processes.engine_setting(engine)}
    processes.train(child, model, model.check, run, settings)
    with open(run / "history.csv", encoding="utf-8", newline="") as lines:
        return [float(line["train.loss"]) for line in csv.DictReader(lines)]


def trained(written):
    """Numbers that a gradient changes: all except the running mean and variance of batch normalisation."""
    return sum(prod(each["shape"]) for each in written if not each["name"].endswith(("_mean", "_var", "_log10stdev")))


def compared(evenstep, model, known, dl4j, torch, layers):
    """Parameters and losses of each; `same` when all agree."""
    written = dl4j.ask({"do": "export", "file": str(model.check / "weights.f32")})["parameters"]
    request = {"do": "check", "folder": str(model.check), "written": written, "rate": RATE}
    peer = torch.ask(request)
    losses = {f"evenstep{'-' + engine if engine else ''}": evenstep_losses(evenstep, model, engine) for engine in known}
    losses.update({"dl4j": dl4j.ask({"do": "check", "rate": RATE})["losses"], "torch": peer["losses"]})
    counts = {"job": networks.parameters(layers), "dl4j": trained(written), "torch": peer["parameters"]}
    return {"losses": losses, "parameters": counts, "same": same(losses, counts)}


def same(losses, counts):
    """No loss differs by more than a thousandth from that of the first, Evenstep; NaN equals nothing."""
    first, *others = losses.values()
    near = all(abs(mine - theirs) <= WITHIN for other in others for mine, theirs in zip(first, other))
    return near and len(set(counts.values())) == 1
