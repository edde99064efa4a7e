#!/usr/bin/env python3
"""Test accuracy on MNIST by epoch, for large batches with sgd, LARS and LAMB.

    python3 src/bench/large_batches.py MNIST [--epochs 8] [--hidden 128,64] [--svg src/site/images/large-batches.svg]

Trains an MLP with batches of 256, 2,048 and 8,192 rows at two or three learning rates each (bench.LargeBatches), prints the
accuracies of the best rate as a table, and draws them. The rate rises over the first tenth of all steps, then falls by
a half cosine. One seed. The accuracies do not depend on how fast the machine is. A diverged run counts as 0.
"""

import argparse
import collections
import pathlib
import subprocess

HERE = pathlib.Path(__file__).parent
COLOURS = {"sgd": "#2563eb", "lars": "#d97706", "lamb": "#059669"}
WIDTH, HEIGHT, LEFT, TOP = 250, 190, 44, 26
LEAST = 0.80  # accuracy at the bottom of a plot; what is below is drawn there


def measured(options):
    """Accuracies by epoch, by (optimizer, batch, rate)."""
    command = ["sh", str(HERE / "run.sh"), "worker", "2g", "bench.LargeBatches", options.mnist, str(options.epochs)]
    curves = collections.defaultdict(list)
    with subprocess.Popen([*command, options.hidden], stdout=subprocess.PIPE, text=True) as run:
        for line in run.stdout:
            parts = line.strip().split(",")
            if len(parts) == 5 and parts[0] in COLOURS:
                curves[parts[0], int(parts[1]), parts[2]].append(float(parts[4]))
                print(line.strip(), flush=True)
    if run.returncode:
        raise SystemExit(f"bench.LargeBatches ended with {run.returncode}")
    return curves


def best(curves, epochs):
    """The rate and accuracies with the best last epoch, by (batch, optimizer)."""
    chosen = {}
    for (optimizer, batch, rate), values in curves.items():
        last = values[-1] if len(values) == epochs else 0
        if last > chosen.get((batch, optimizer), (0, 0, 0))[0]:
            chosen[batch, optimizer] = (last, rate, values)
    return chosen


def table(chosen, epochs):
    shown = sorted({1, 2, 4, epochs // 2, epochs})
    print("| Batch | Optimizer | Rate | " + " | ".join(f"epoch {epoch}" for epoch in shown) + " |")
    print("|---|---|---|" + "---|" * len(shown))
    for (batch, optimizer), (_, rate, values) in chosen.items():
        cells = " | ".join(f"{100 * values[epoch - 1]:.2f} %" for epoch in shown)
        print(f"| {batch:,} | `{optimizer}` | {float(rate):g} | {cells} |")


def panel(x, batch, chosen, epochs):
    """One plot: the curves of a batch size."""
    parts = [f'<text x="{x}" y="16" font-weight="600">batch {batch:,}</text>']
    for percent in range(80, 101, 5):
        y = TOP + HEIGHT * (1 - (percent / 100 - LEAST) / (1 - LEAST))
        parts.append(f'<line x1="{x}" x2="{x + WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#d4d4d8"/>')
        parts.append(f'<text x="{x - 6}" y="{y + 4:.1f}" text-anchor="end">{percent} %</text>')
    parts.append(f'<text x="{x + WIDTH}" y="{TOP + HEIGHT + 18}" text-anchor="end">epoch {epochs}</text>')
    parts.append(f'<text x="{x}" y="{TOP + HEIGHT + 18}">1</text>')
    for optimizer, colour in COLOURS.items():
        values = chosen.get((batch, optimizer), (0, 0, []))[2]
        points = [
            (x + WIDTH * epoch / (epochs - 1), TOP + HEIGHT * (1 - (max(value, LEAST) - LEAST) / (1 - LEAST)))
            for epoch, value in enumerate(values)
        ]
        path = " ".join(f"{left:.1f},{top:.1f}" for left, top in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
    return parts


def draw(chosen, epochs):
    batches = sorted({batch for batch, _ in chosen})
    width = LEFT + len(batches) * (WIDTH + LEFT + 6)
    parts = []
    for number, batch in enumerate(batches):
        parts += panel(LEFT + number * (WIDTH + LEFT + 6), batch, chosen, epochs)
    for number, (optimizer, colour) in enumerate(COLOURS.items()):
        y = TOP + HEIGHT + 44
        parts.append(f'<rect x="{LEFT + 90 * number}" y="{y - 8}" width="18" height="4" fill="{colour}"/>')
        parts.append(f'<text x="{LEFT + 24 + 90 * number}" y="{y}">{optimizer}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + HEIGHT + 54}" '
        'font-family="system-ui, sans-serif" font-size="12" fill="#3f3f46">\n'
        f'<rect width="{width}" height="{TOP + HEIGHT + 54}" fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mnist")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--hidden", default="128,64")
    parser.add_argument("--svg", type=pathlib.Path)
    options = parser.parse_args()
    chosen = best(measured(options), options.epochs)
    table(chosen, options.epochs)
    if options.svg:
        options.svg.write_text(draw(chosen, options.epochs))


if __name__ == "__main__":
    main()
