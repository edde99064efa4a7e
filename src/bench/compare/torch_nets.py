"""The network of a job in PyTorch, and the weights that DL4J wrote for it."""

import numpy
import torch
from torch import nn
from torch.nn import functional

from compare import networks

ACTIVATIONS = {"relu": torch.relu, "tanh": torch.tanh, "identity": lambda values: values}


class Network(nn.Module):
    """With `exact`, strides over "same" padding are padded as in Evenstep; otherwise PyTorch saves that copy."""

    def __init__(self, layers, activation, exact=False):
        super().__init__()
        self.layers, self.activation, self.exact = layers, activation, exact
        self.parts = nn.ModuleDict({layer.name: part(layer, exact) for layer in layers if layer.parameters})

    def forward(self, features):
        results = {"features": features}
        for layer in self.layers:
            results[layer.name] = self.result(layer, [results[source] for source in layer.sources])
        return results[self.layers[-1].name]

    def result(self, layer, sources):
        values, words = sources[0], layer.words
        if layer.kind == "lstm":
            return self.parts[layer.name](values.transpose(1, 2))[0][:, -1]
        if layer.kind == "maxPool":
            return functional.max_pool2d(values, networks.pair(words.get("kernel", 2)))
        if layer.kind == "globalPool":
            return values.mean(dim=(2, 3))
        if layer.kind == "activation":
            return ACTIVATIONS[words.get("name", "relu")](sum(sources))
        if layer.kind == "batchNorm":
            return self.parts[layer.name](values)
        if layer.kind == "dense":
            values = values.flatten(1)
        elif self.exact and words.get("padding") == "same":
            values = functional.pad(values, 2 * uneven(layer))
        return ACTIVATIONS[words.get("activation", self.activation)](self.parts[layer.name](values))


def part(layer, exact):
    words = layer.words
    if layer.kind == "dense":
        return nn.Linear(int(numpy.prod(layer.takes)), words["units"])
    if layer.kind == "batchNorm":
        return nn.BatchNorm2d(layer.takes[0])
    if layer.kind == "lstm":
        lstm = nn.LSTM(layer.takes[0], words["units"], batch_first=True)
        lstm.bias_hh_l0.requires_grad_(False).zero_()  # DL4J has one bias
        return lstm
    kernel = networks.pair(words.get("kernel", 3))
    padding = kernel[0] // 2 if words.get("padding") == "same" and not exact else 0
    return nn.Conv2d(layer.takes[0], words["filters"], kernel, networks.pair(words.get("stride", 1)), padding)


def uneven(layer):
    """Zeros that "same" padding adds before and after a row; if their number is odd, one more after."""
    kernel, stride = networks.pair(layer.words.get("kernel", 3))[0], networks.pair(layer.words.get("stride", 1))[0]
    missing = max(0, (layer.gives[1] - 1) * stride + kernel - layer.takes[1])
    return missing // 2, missing - missing // 2


def load(network, folder, written):
    """Takes the weights that Dl4jTurns exported: one file, and the name and shape of each parameter in it."""
    numbers = numpy.fromfile(folder / "weights.f32", dtype="<f4")
    groups, start = {}, 0
    for entry in written:
        size = int(numpy.prod(entry["shape"]))
        layer, name = entry["name"].rsplit("_", 1)
        groups.setdefault(layer, {})[name] = torch.from_numpy(numbers[start : start + size].reshape(entry["shape"]).copy())
        start += size
    with torch.no_grad():
        for layer, weights in zip(owners(network, groups), groups.values()):
            take(network.parts[layer], weights)


def owners(network, groups):
    """The layers to which the exported groups belong: by name in a graph, by order in a sequential network."""
    names = list(network.parts)
    if all(group.isdigit() for group in groups):
        return names
    return [group if group in names else "output" for group in groups]


def take(part, weights):
    if isinstance(part, nn.LSTM):
        part.weight_ih_l0.copy_(gates(weights["W"].T))
        part.weight_hh_l0.copy_(gates(weights["RW"].T))
        part.bias_ih_l0.copy_(gates(weights["b"].flatten()))
    elif isinstance(part, nn.BatchNorm2d):
        part.weight.copy_(weights["gamma"].flatten())
        part.bias.copy_(weights["beta"].flatten())
    else:
        part.weight.copy_(weights["W"].T if isinstance(part, nn.Linear) else weights["W"])
        part.bias.copy_(weights["b"].flatten())


def gates(rows):
    """DL4J: values, forget, output, input; PyTorch: input, forget, values, output."""
    values, forget, output, entry = rows.chunk(4)
    return torch.cat([entry, forget, values, output])
