"""Training time until a share of MNIST's test digits is classified correctly: only steps, without testing."""

import csv

from compare import processes

TARGETS = {"mlp": 0.97, "lenet": 0.985}
EPOCHS = 10


def lines(model, known, test, evenstep, torch):
    """A line per contender: `evenstep` has the processes on two workers by engine, `torch` is a single one."""
    target = TARGETS[model.name]
    found = {
        f"evenstep{'-' + engine if engine else ''}-2": of_evenstep(model, engine, test, evenstep[engine], target)
        for engine in known
    }
    found["torch-2"] = of_torch(torch, test, target)
    return [f"Time to {target:.1%} of the test digits, {name}: {said(*each)}." for name, each in found.items()]


def said(epoch, seconds):
    return f"{seconds:.1f} s, {epoch} epochs" if epoch else f"not within {EPOCHS} epochs, {seconds:.1f} s"


def reached(accuracies, target):
    """The first epoch, from 1, that reaches the accuracy; 0 if none does."""
    return next((epoch for epoch, accuracy in enumerate(accuracies, 1) if accuracy >= target), 0)


def of_evenstep(model, engine, test, child, target):
    run = model.folder / "runs" / f"accuracy-{engine or 'dl4j'}"
    settings = {
        "training.epochs": EPOCHS,
        "training.workers": 2,
        **processes.engine_setting(engine),
        "data.validation.path": test / "images.idx",
        "data.validation.labels": test / "labels.idx",
    }
    result = processes.train(child, model, model.data, run, settings, 2)
    with open(run / "history.csv", encoding="utf-8", newline="") as history:
        epoch = reached([float(line["validation.accuracy"]) for line in csv.DictReader(history)], target)
    return epoch, (epoch or EPOCHS) * model.rows / result["examplesPerSecond"]


def of_torch(child, test, target):
    seconds = 0.0
    for epoch in range(1, EPOCHS + 1):
        seconds += child.ask({"do": "train", "epochs": 1})["seconds"]
        if child.ask({"do": "accuracy", "folder": str(test)})["accuracy"] >= target:
            return epoch, seconds
    return 0, seconds
