"""Rows in IDX files; of each data set the first rows are used."""

import gzip
import pathlib
import struct
from itertools import cycle, islice

ROOT = pathlib.Path(__file__).resolve().parents[3]
NAMES = ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")
TESTS = ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")


def read(folder, names=NAMES):
    """Height, width, and the bytes of each image with its label."""
    images, labels = (gzip.decompress((folder / name).read_bytes()) for name in names)
    _, count, height, width = struct.unpack(">IIII", images[:16])
    size = height * width
    return height, width, [(images[16 + i * size : 16 + (i + 1) * size], labels[8 + i]) for i in range(count)]


def digits():
    """The digits that Evenstep ships, 8 x 8 numbers of 0 to 16, as bytes of 0 to 240."""
    lines = gzip.decompress((ROOT / "conf" / "data" / "digits.csv.gz").read_bytes()).decode("ascii").split()
    numbers = [[int(float(number)) for number in line.split(",")] for line in lines]
    return 8, 8, [(bytes(15 * number for number in row[:64]), row[64]) for row in numbers]


def write(folder, height, width, pairs, count):
    """Writes the first rows, repeated if needed, as images.idx and labels.idx, and both as floats for DL4J."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = list(islice(cycle(pairs), count))
    images = struct.pack(">IIII", 0x803, count, height, width) + b"".join(image for image, _ in chosen)
    (folder / "images.idx").write_bytes(images)
    (folder / "labels.idx").write_bytes(struct.pack(">II", 0x801, count) + bytes(label for _, label in chosen))
    with open(folder / "examples.f32", "wb") as floats:
        for image, label in chosen:
            floats.write(struct.pack(f"<{len(image) + 1}f", *(byte / 255 for byte in image), label))


def load(folder):
    """Images from 0 to 1 as one flat row each, and labels, as numpy arrays."""
    import numpy

    images = numpy.fromfile(folder / "images.idx", dtype=numpy.uint8)[16:]
    labels = numpy.fromfile(folder / "labels.idx", dtype=numpy.uint8)[8:].astype(numpy.int64)
    return images.reshape(len(labels), -1).astype(numpy.float32) / 255, labels


def folder_of(given, *guesses):
    """The first folder that has the four files; None if there is none."""
    folders = [pathlib.Path(each) for each in (given, *guesses) if each]
    return next((each for each in folders if all((each / name).is_file() for name in NAMES + TESTS)), None)
