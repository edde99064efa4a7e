"""Shapes, parameters and arithmetic of a job's layers, without any library."""

from dataclasses import dataclass
from math import ceil, prod

CLASSES = 10


@dataclass(frozen=True)
class Layer:
    name: str
    kind: str
    words: dict
    sources: tuple
    takes: tuple  # shape of one input row
    gives: tuple
    parameters: int  # trained parameters
    multiplications: int  # per row, forward pass


def pair(value):
    return tuple(value) if isinstance(value, list) else (value, value)


def windows(size, kernel, stride, padding):
    return ceil(size / stride) if padding == "same" else (size - kernel) // stride + 1


def dense(words, takes):
    weights = prod(takes) * words["units"]
    return (words["units"],), weights + words["units"], weights


def convolution(words, takes):
    channels, height, width = takes
    kernel, stride, padding = pair(words.get("kernel", 3)), pair(words.get("stride", 1)), words.get("padding", "valid")
    high, wide = (windows(*sizes, padding) for sizes in zip((height, width), kernel, stride))
    weights = channels * prod(kernel) * words["filters"]
    return (words["filters"], high, wide), weights + words["filters"], weights * high * wide


def pool(words, takes):
    kernel = pair(words.get("kernel", 2))
    stride = pair(words.get("stride", list(kernel)))
    sizes = (windows(*each, words.get("padding", "valid")) for each in zip(takes[1:], kernel, stride))
    return (takes[0], *sizes), 0, 0


def lstm(words, takes):
    features, steps = takes
    units = words["units"]
    weights = 4 * units * (features + units)
    return (units,), weights + 4 * units, weights * steps


SIZES = {
    "dense": dense,
    "conv2d": convolution,
    "maxPool": pool,
    "lstm": lstm,
    "batchNorm": lambda words, takes: (takes, 2 * takes[0], 0),
    "activation": lambda words, takes: (takes, 0, 0),
    "globalPool": lambda words, takes: (takes[:1], 0, 0),
}


def network(layers, shape):
    """The layers of a job in order, with the output layer that is added automatically."""
    built, last = {"features": None}, "features"
    shapes = {"features": tuple(shape)}
    for index, words in enumerate([*layers, {"type": "dense", "units": CLASSES, "id": "output", "activation": "identity"}]):
        name = words.get("id", f"layer{index}")
        sources = words.get("from", last)
        sources = (sources,) if isinstance(sources, str) else tuple(sources)
        takes = shapes[sources[0]]
        if words["type"] not in SIZES:
            raise ValueError(f"Cannot compare: layer type {words['type']} is not in networks.py and torch_nets.py")
        gives, parameters, multiplications = SIZES[words["type"]](words, takes)
        built[name] = Layer(name, words["type"], words, sources, takes, gives, parameters, multiplications)
        shapes[name], last = gives, name
    return [layer for layer in built.values() if layer]


def parameters(layers):
    return sum(layer.parameters for layer in layers)


def training_flop(layers):
    """Floating-point operations of one row's gradient. The first layer needs no gradient of its input."""
    return sum(2 * layer.multiplications * (2 if "features" in layer.sources else 3) for layer in layers)
