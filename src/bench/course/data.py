#!/usr/bin/env python3
"""Writes the generated data of the course into conf/course/data. Needs only Python; the seed is 7."""
import gzip
import math
import random
import sys
from pathlib import Path

SEED = 7


def write(folder, name, header, rows):
    """Writes one CSV file, with at most 4 decimals per number."""
    lines = [",".join(header)]
    for row in rows:
        lines.append(",".join(f"{v:.4f}".rstrip("0").rstrip(".") if isinstance(v, float) else str(v) for v in row))
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def shuffled(rows):
    rows = list(rows)
    random.Random(SEED).shuffle(rows)
    return rows


def gate(rule):
    return [(a, b, int(rule(a, b))) for a in (0, 1) for b in (0, 1)]


def clouds(draw, centres, count, spread):
    return shuffled(
        (draw.gauss(x, spread), draw.gauss(y, spread), label) for label, (x, y) in centres for _ in range(count)
    )


def moons(draw, count, noise):
    rows = []
    for i in range(count):
        angle = math.pi * i / count
        rows.append((math.cos(angle) + draw.gauss(0, noise), math.sin(angle) + draw.gauss(0, noise), "upper"))
        rows.append((1 - math.cos(angle) + draw.gauss(0, noise), 0.5 - math.sin(angle) + draw.gauss(0, noise), "lower"))
    return shuffled(rows)


def circles(draw, count, noise):
    rows = []
    for i in range(count):
        angle = 2 * math.pi * i / count
        for radius, label in ((0.5, "inner"), (1.0, "outer")):
            rows.append(
                (radius * math.cos(angle) + draw.gauss(0, noise), radius * math.sin(angle) + draw.gauss(0, noise), label)
            )
    return shuffled(rows)


def spiral(draw, count, noise):
    rows = []
    for i in range(count):
        radius = 0.1 + 0.9 * i / count
        for turn, label in ((0, "one"), (math.pi, "two")):
            angle = 3 * math.pi * i / count + turn
            rows.append(
                (radius * math.cos(angle) + draw.gauss(0, noise), radius * math.sin(angle) + draw.gauss(0, noise), label)
            )
    return shuffled(rows)


def poisson(draw, rate):
    """A Poisson number by Knuth's product of uniform numbers."""
    count, product, least = 0, draw.random(), math.exp(-rate)
    while product > least:
        count += 1
        product *= draw.random()
    return count


def counts(draw, count):
    """The rate of the count is softplus(1 + 3 x)."""
    points = [draw.uniform(-1, 1) for _ in range(count)]
    return [(x, poisson(draw, math.log1p(math.exp(1 + 3 * x)))) for x in points]


def shares(draw, count):
    """Three shares of a whole, which depend on a point of the plane."""
    rows = []
    for _ in range(count):
        x, y = draw.uniform(-1, 1), draw.uniform(-1, 1)
        weights = [math.exp(f + draw.gauss(0, 0.1)) for f in (2 * x, 2 * y, -x - y)]
        rows.append((x, y, *(w / sum(weights) for w in weights)))
    return rows


def directions(draw, count):
    """A wind that turns round the origin; its strength has nothing to do with the place."""
    rows = []
    for _ in range(count):
        x, y = draw.uniform(-1, 1), draw.uniform(-1, 1)
        angle, strength = math.atan2(x, -y) + draw.gauss(0, 0.1), draw.uniform(0.2, 3)
        rows.append((x, y, strength * math.cos(angle), strength * math.sin(angle)))
    return rows


def temporal_xor(draw, count):
    """Two random bits and then their exclusive or, again and again (Elman 1990)."""
    pairs = [(draw.randint(0, 1), draw.randint(0, 1)) for _ in range(count)]
    return "".join(f"{a}{b}{a ^ b}" for a, b in pairs)


def binary_digits():
    """The digits with pixels of 0 and 1: whether a pixel of 0 to 16 is at least 8."""
    source = Path(__file__).parents[3] / "conf/data/digits.csv.gz"
    digits = gzip.decompress(source.read_bytes()).decode()
    header = [f"p{i}" for i in range(64)] + ["label"]
    rows = [line.split(",") for line in digits.split()]
    lines = [[str(int(float(pixel) >= 8)) for pixel in row[:64]] + row[64:] for row in rows]
    text = "\n".join(",".join(line) for line in [header, *lines]) + "\n"
    return gzip.compress(text.encode(), mtime=0)


def parity(bits):
    return shuffled(
        tuple((n >> i) & 1 for i in range(bits)) + ("odd" if bin(n).count("1") % 2 else "even",) for n in range(2**bits)
    )


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[3] / "conf/course/data")
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(SEED)
    write(folder, "and.csv", ("a", "b", "y"), gate(lambda a, b: a and b))
    write(folder, "or.csv", ("a", "b", "y"), gate(lambda a, b: a or b))
    write(folder, "xor.csv", ("a", "b", "y"), gate(lambda a, b: a != b))
    write(folder, "not.csv", ("a", "y"), [(0, 1), (1, 0)])
    # Pounds minus 135, inches minus 66, and 1 for a woman: (133, 65, F), (160, 72, M), (152, 70, M), (120, 60, F).
    write(folder, "people.csv", ("weight", "height", "woman"), [(-2, -1, 1), (25, 6, 0), (17, 4, 0), (-15, -6, 1)])
    plane = ("x", "y", "label")
    write(folder, "clouds.csv", plane, clouds(draw, [("left", (-1.5, -1.0)), ("right", (1.5, 1.0))], 100, 0.5))
    write(folder, "three.csv", plane, clouds(draw, [("a", (0, 1.5)), ("b", (-1.5, -1)), ("c", (1.5, -1))], 100, 0.6))
    write(folder, "moons.csv", plane, moons(draw, 150, 0.12))
    write(folder, "circles.csv", plane, circles(draw, 150, 0.08))
    write(folder, "spiral.csv", plane, spiral(draw, 200, 0.02))
    points = [draw.uniform(-1, 1) for _ in range(200)]
    write(folder, "line.csv", ("x", "y"), [(x, 2 * x - 0.5 + draw.gauss(0, 0.1)) for x in points])
    points = [draw.uniform(-3, 3) for _ in range(256)]
    write(folder, "wave.csv", ("x", "y"), [(x, math.sin(2 * x) + 0.5 * math.cos(x)) for x in points])
    others = random.Random(SEED)  # its own, so that the files above stay as they are
    write(folder, "counts.csv", ("x", "count"), counts(others, 400))
    write(folder, "shares.csv", ("x", "y", "red", "green", "blue"), shares(others, 200))
    write(folder, "wind.csv", ("x", "y", "east", "north"), directions(others, 200))
    (folder / "bits.txt").write_text(temporal_xor(others, 4000), encoding="utf-8")
    (folder / "digits-binary.csv.gz").write_bytes(binary_digits())
    for bits in (2, 4, 8):
        names = tuple(f"b{i}" for i in range(bits)) + ("parity",)
        write(folder, f"parity{bits}.csv", names, parity(bits))
    names = tuple(f"b{i}" for i in range(8)) + ("parity",)
    write(folder, "parity8of2.csv", names, [row[:8] + ("odd" if row[2] != row[5] else "even",) for row in parity(8)])
    bits = random.Random(SEED)
    patterns = [tuple(bits.choice((-1, 1)) for _ in range(100)) for _ in range(10)]
    write(folder, "patterns.csv", tuple(f"b{i}" for i in range(100)), patterns)


if __name__ == "__main__":
    main()
