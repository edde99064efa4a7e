"""A bar chart in SVG: examples per second of each contender, relative to PyTorch on two workers."""

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402  after choosing the backend


def draw(bars, file):
    matplotlib.rcParams.update({"svg.hashsalt": "compare", "svg.fonttype": "none", "font.size": 9})
    heights = [len(each) for each in bars.values()]
    figure, axes = pyplot.subplots(
        len(bars), 1, figsize=(8, 0.6 * len(bars) + 0.24 * sum(heights)), squeeze=False, height_ratios=heights
    )
    for axis, (model, rates) in zip(axes[:, 0], bars.items()):
        names = sorted(rates, key=rates.get)
        colours = ["#1f6f8b" if name.startswith("evenstep") else "#b8b8b8" for name in names]
        drawn = axis.barh(names, [rates[name] for name in names], color=colours)
        axis.bar_label(drawn, [f"{rates[name]:.2f}" for name in names], padding=3)
        axis.axvline(1, color="black", linewidth=0.8)
        axis.set_title(model, loc="left", fontweight="bold")
        axis.spines[["top", "right"]].set_visible(False)
        axis.margins(x=0.1)
    axes[-1, 0].set_xlabel("examples a second, PyTorch DDP on two workers = 1")
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)
