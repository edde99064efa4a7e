"""The chart of the README, in SVG: the recorded ratios, as examples per second relative to PyTorch DDP."""

import json
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
RECORDED = HERE / "recorded.json"
CHART = HERE.parents[1] / "site" / "images" / "speed.svg"

NETWORKS = {
    "small-mlp": "MLP 64-128-64-10",
    "mlp": "MLP 784-512-256-10",
    "lenet": "LeNet",
    "residual": "residual CNN",
    "lstm": "LSTM",
}
OURS = "evenstep-step-2"
PEER = "torch-2"
OTHERS = {"dl4j-fit-2": "DL4J fit, one process", "dl4j-averaging-5": "DL4J on Spark"}
WIDTH, HEIGHT = 860, 300
LEFT, TOP, BOTTOM = 44, 52, 56
COLUMN = 32

STYLE = """
  text { font: 13px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; fill: #1b2430; }
  .soft { fill: #5a6675; } .small { font-size: 11.5px; } .head { font-weight: 600; }
  .line { stroke: #dde2e8; } .base { stroke: #5a6675; stroke-dasharray: 4 3; }
  .k0 { fill: #1f6feb; } .k1 { fill: #8a939e; } .k2 { fill: #b9c0c8; } .k3 { fill: #d9622b; }
  .back { fill: #ffffff; } .value { paint-order: stroke; stroke: #ffffff; stroke-width: 3px; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e3e9f0; } .soft { fill: #9aa7b5; } .line { stroke: #2b3540; } .base { stroke: #9aa7b5; }
    .k0 { fill: #6aa8ff; } .k1 { fill: #7d8894; } .k2 { fill: #4c5763; } .k3 { fill: #ff9b66; }
    .back { fill: #10151b; } .value { stroke: #10151b; }
  }
"""


def speeds(ratios):
    """Each contender's examples per second, with two workers, relative to PyTorch DDP."""
    ours = ratios[f"{OURS} / {PEER}"]
    found = {"Evenstep": ours, "PyTorch DDP": 1.0}
    for name, label in OTHERS.items():
        if f"{OURS} / {name}" in ratios:
            found[label] = ours / ratios[f"{OURS} / {name}"]
    return found


def drawn(recorded):
    """The chart as text."""
    groups = {label: speeds(recorded[name]) for name, label in NETWORKS.items()}
    names = ["Evenstep", "PyTorch DDP", *OTHERS.values()]
    most = max(max(each.values()) for each in groups.values()) * 1.12
    height = HEIGHT - TOP - BOTTOM
    wide = (WIDTH - LEFT - 12) / len(groups)

    def place(value):
        return TOP + height * (1 - value / most)

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(said(groups))}</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="back" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<text class="head" x="{LEFT}" y="20">Examples per second with two workers, PyTorch DDP = 1</text>',
    ]
    for i, name in enumerate(names):
        x = LEFT + 150 * i
        lines.append(f'<rect class="k{i}" x="{x}" y="30" width="11" height="11" rx="2"/>')
        lines.append(f'<text class="small" x="{x + 17}" y="40">{escape(name)}</text>')
    for value in (0.5, 1, 1.5, 2):
        if value < most:
            y = place(value)
            lines.append(f'<line class="{"base" if value == 1 else "line"}" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - 12}" y2="{y:.1f}"/>')
            lines.append(f'<text class="soft small" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>')
    for group, (label, rates) in enumerate(groups.items()):
        middle = LEFT + wide * (group + 0.5)
        first = middle - COLUMN * len(rates) / 2
        for i, name in enumerate(each for each in names if each in rates):
            x, y = first + COLUMN * i, place(rates[name])
            lines.append(
                f'<rect class="k{names.index(name)}" x="{x + 2:.1f}" y="{y:.1f}" width="{COLUMN - 4}" height="{TOP + height - y:.1f}"/>'
            )
            lines.append(f'<text class="small value" x="{x + COLUMN / 2:.1f}" y="{y - 4:.1f}" text-anchor="middle">{rates[name]:.2f}</text>')
        lines.append(f'<text x="{middle:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{escape(label)}</text>')
    lines.append(f'<line class="line" x1="{LEFT}" y1="{TOP + height}" x2="{WIDTH - 12}" y2="{TOP + height}"/>')
    lines.append(
        f'<text class="soft small" x="{LEFT}" y="{HEIGHT - 12}">The same network, rows and two cores; 256 rows a step.'
        " DL4J on Spark averages every 5 steps. Higher is faster.</text>"
    )
    return "\n".join([*lines, "</svg>", ""])


def said(groups):
    """The chart in words, for readers who do not see it."""
    words = [label + ": " + ", ".join(f"{name} {rate:.2f}" for name, rate in rates.items()) for label, rates in groups.items()]
    return "Examples per second relative to PyTorch DDP. " + "; ".join(words)


def write():
    CHART.write_text(drawn(json.loads(RECORDED.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    write()
