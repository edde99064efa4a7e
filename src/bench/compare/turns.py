"""All contenders for one model, in turns."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

from compare import equality, networks, processes, report
from compare.contenders import BATCH, SHARDS, Dl4j, Distributor, Evenstep, Perceptron, Torch

AVERAGED = (1, 5)  # steps between two averagings of DL4J's own master


class Children:
    """The processes of one model by name; each is started once."""

    def __init__(self, model):
        self.model, self.all = model, {}

    def get(self, name, start, *arguments):
        if name not in self.all:
            self.all[name] = start(self.model, *arguments).started()
        return self.all[name]

    def evenstep(self, engine, workers):
        name = f"evenstep-{engine or 'only'}-{workers}"
        return self.get(name, processes.commands, name)

    def kernels(self, engine):
        return self.get("kernels", processes.kernels, BATCH // SHARDS) if engine == "step" else None

    def torch(self, workers):
        return self.get(f"torch-{workers}", processes.torch, workers)

    def dl4j(self, name, threads):
        return self.get(name, processes.dl4j, name, threads)

    def pyspark(self):
        return self.get("pyspark", processes.pyspark)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for child in self.all.values():
            child.close()


def measured(model, layers, engines, options, limits):
    """All results of one model, as needed by the report."""
    with Children(model) as children:
        equality.begin(children.evenstep(engines[0], 2), model)
        together = gathered(children, model, layers, engines, options)
        alike = None if options.quick else compared(children, model, engines, layers)
        warm(together, options.seconds)
        rounds(together, options)
        results = [each.result() for each in together]
    flop, parameters = networks.training_flop(layers), networks.parameters(layers)
    for each in results:
        each["shares"] = report.shares(each, flop, parameters, limits) if "rate" in each else {}
    return {"parameters": parameters, "flop": flop, "results": results, "ratios": report.ratios(results), "equality": alike}


def compared(children, model, engines, layers):
    processes = children.evenstep(engines[0], 2), model, engines, children.dl4j("dl4j-fit-1", 1), children.torch(2)
    return equality.compared(*processes, layers)


def gathered(children, model, layers, engines, options):
    """The requested contenders, with their processes started."""
    sequence = count()
    workers, chosen = ((2,), engines[:1]) if options.quick else ((1, 2), engines)
    together = [
        Evenstep(model, engine, each, children.evenstep(engine, each), sequence, children.kernels(engine))
        for engine in chosen
        for each in workers
    ]
    together += [Torch(model, each, children.torch(each)) for each in workers]
    if options.quick:
        return together
    together += [Dl4j(f"dl4j-fit-{each}", each, children.dl4j(f"dl4j-fit-{each}", each)) for each in workers]
    if options.slow_rounds:
        together += [Dl4j(f"dl4j-averaging-{every}", 2, children.dl4j("dl4j-averaging", 1), every) for every in AVERAGED]
        together.append(Distributor(model, children.pyspark()))
        if all(layer.kind == "dense" for layer in layers):
            together.append(Perceptron(model, children.pyspark()))
    return together


def warm(together, seconds):
    """Two uncounted turns of each, two processes at a time: for caches, Java's compiler, and the length of turns."""
    by_child = {}
    for each in together:
        by_child.setdefault(id(each.child), []).append(each)

    def turns(several):
        for each in several:
            for _ in range(1 if each.slow else 2):
                each.turn()
                each.aim(seconds)
            each.turns.clear()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(turns, by_child.values()))


def rounds(together, options):
    for number in range(options.rounds):
        for each in together:
            if not each.failed and (number < options.slow_rounds or not each.slow):
                each.turn()
                each.aim(options.seconds)
