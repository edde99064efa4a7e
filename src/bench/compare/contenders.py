"""The contenders. They take turns on the same rows; each turn has the requested length."""

import pathlib
import statistics
from dataclasses import dataclass, field

from compare.child import Child
from compare.processes import engine_setting, train

BATCH = 256
SHARDS = 8  # of a batch, over all workers: the default of jobs


@dataclass
class Contender:
    """`unit`: the fewest rows that it can train on. `slow`: it takes fewer turns. `sends`: it uses loopback."""

    name: str
    workers: int
    child: Child
    unit: int
    slow: bool = False
    sends: bool = False
    units: int = 1
    turns: list = field(default_factory=list)
    failed: str = ""

    def turn(self):
        before = loopback_bytes()
        answer = self.trained(self.units)
        if "failed" in answer:
            self.failed = answer["failed"]
            return
        sent = loopback_bytes() - before if self.sends else 0
        self.turns.append({"bytes": sent * BATCH / answer["examples"] / self.workers, **answer})

    def aim(self, seconds):
        """Makes turns this long, based on the time of the last one."""
        if self.turns:
            self.units = max(1, round(seconds * rate(self.turns[-1]) / self.unit))

    def forget(self):
        self.turns.clear()

    def result(self):
        if self.failed or not self.turns:
            return {"name": self.name, "workers": self.workers, "failed": self.failed or "took no turn"}
        rates = [rate(each) for each in self.turns]
        middle = min(self.turns, key=lambda each: abs(rate(each) - statistics.median(rates)))
        return {
            "name": self.name,
            "workers": self.workers,
            "rate": statistics.median(rates),
            "lowest": min(rates),
            "highest": max(rates),
            "turns": len(rates),
            "milliseconds": middle.get("milliseconds", {}),
            "bytes": middle["bytes"],
            "memory": self.child.peak_bytes(),
        }


def loopback_bytes():
    """Bytes sent over loopback since the machine started, by any process: for contenders that do not count."""
    lines = pathlib.Path("/proc/net/dev").read_text(encoding="ascii").splitlines()
    return next(int(line.split(":")[1].split()[8]) for line in lines if line.strip().startswith("lo:"))


def rate(turn):
    return turn["examples"] / turn["seconds"]


class Evenstep(Contender):
    """`kernels`: the process that measures the step engine's kernels alone, right after each turn; None for other engines."""

    def __init__(self, model, engine, workers, child, sequence, kernels=None):
        super().__init__(f"evenstep{'-' + engine if engine else ''}-{workers}", workers, child, model.rows)
        self.model, self.engine, self.sequence, self.kernels = model, engine, sequence, kernels

    def trained(self, epochs):
        run = self.model.folder / "runs" / f"{self.name}-{next(self.sequence)}"
        settings = {"training.epochs": epochs, "training.workers": self.workers, **engine_setting(self.engine)}
        result = train(self.child, self.model, self.model.data, run, settings, self.workers)
        answer = {
            "examples": result["examples"],
            "seconds": result["examples"] / result["examplesPerSecond"],
            "milliseconds": result["stepMilliseconds"],
            "bytes": result["bytesSentPerWorkerPerStep"],
        }
        if self.kernels:
            request = {"threads": self.workers, "shards": SHARDS // self.workers}
            answer["kernels"] = self.kernels.ask(request)["milliseconds"]
        return answer

    def result(self):
        result = super().result()
        if self.kernels and "rate" in result:
            compute = statistics.median(each["milliseconds"]["compute"] for each in self.turns)
            alone = statistics.median(each["kernels"] for each in self.turns)
            result["kernels"] = {"compute": compute, "alone": alone, "ratio": compute / alone}
        return result


class Torch(Contender):
    def __init__(self, model, workers, child):
        super().__init__(f"torch-{workers}", workers, child, model.rows, sends=workers > 1)

    def trained(self, epochs):
        return self.child.ask({"do": "train", "epochs": epochs})


class Dl4j(Contender):
    def __init__(self, name, workers, child, every=0):
        steps = 10 if every else 5
        super().__init__(name, workers, child, steps * BATCH, slow=bool(every))
        self.steps, self.every = steps, every

    def trained(self, units):
        steps = units * self.steps
        return self.child.ask(
            {"do": "average", "steps": steps, "every": self.every} if self.every else {"do": "fit", "steps": steps}
        )


class Distributor(Contender):
    def __init__(self, model, child):
        super().__init__("torch-distributor-2", 2, child, model.rows, slow=True, sends=True)

    def trained(self, epochs):
        return self.child.ask({"do": "distribute", "epochs": epochs})


class Perceptron(Contender):
    def __init__(self, model, child):
        super().__init__("spark-ml-perceptron-2", 2, child, min(model.rows, 40 * BATCH), slow=True)

    def trained(self, iterations):
        return self.child.ask({"do": "perceptron", "iterations": iterations, "rows": self.unit})
