#!/usr/bin/env python3
"""Trains public tables at the first try: `evenstep new`, then `evenstep train`, without edits.

    tables.py FOLDER --vega NODE_MODULES/vega-datasets/data [--only NAME]... [--page FILE]

Each score is the mean over several splits, next to the scores of scikit-learn's models on the same columns.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import time

import catalogue
import peers

ROOT = pathlib.Path(__file__).resolve().parents[3]
NEAR = 0.02


def evenstep(options, *line):
    """Runs a command. If it fails, the table counts as failed and the benchmark continues."""
    whole = [str(options.launcher.resolve()), *map(str, line), "--master", options.master]
    done = subprocess.run(whole, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"exit code {done.returncode}: {done.stderr.strip()[-2000:]}")
    return done.stdout


def ours(name, file, label, folder, options):
    """Drafts and trains; returns the job file, the metric's name, its mean and the seconds of one run."""
    job = folder / f"{name}.yaml"
    evenstep(options, "new", file, "--label", label, "--output", job, "--force")
    values, seconds = [], []
    for seed in range(1, options.splits + 1):
        run = f"{name}-{seed}"
        begun = time.monotonic()
        evenstep(
            options, "train", job, "--set", f"output={folder / 'runs'}", "--set", f"data.splitSeed={seed}", "--run-id", run,
            "--resume", "never",
        )
        seconds.append(time.monotonic() - begun)
        metrics = json.loads((folder / "runs" / run / "result.json").read_text())["metrics"]
        metric = "accuracy" if "test.accuracy" in metrics else "r2"
        values.append(metrics[f"test.{metric}"])
    return job, metric, statistics.mean(values), statistics.mean(seconds)


def row(name, package, what, label, options):
    folder = options.folder.resolve()
    file = catalogue.fetch(name, package, what, folder, options.vega)
    try:
        job, metric, value, seconds = ours(name, file, label, folder, options)
    except RuntimeError as failure:
        print(f"{name}: {failure}", file=sys.stderr, flush=True)
        return None, f"| {name} | {package} | {label} | does not train | | | | | |"
    peer = peers.scores(job)
    weaker = min(peer.values())
    near = value >= weaker - NEAR
    rows = sum(1 for _ in peers.table(job)[0].index)
    line = (
        f"| {name} | {package} | {label} | {rows:,} | {metric} | {value:.3f} | {peer['trees']:.3f} | "
        f"{peer['network']:.3f} | {seconds:.0f} s |{'' if near else ' below both'}"
    )
    return near, line


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--vega", type=pathlib.Path, required=True)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--page", type=pathlib.Path)
    parser.add_argument("--launcher", type=pathlib.Path, default=ROOT / "deploy/evenstep")
    parser.add_argument("--master", default="local[*]", help="Spark's master")
    parser.add_argument("--splits", type=int, default=3, help="how many splits the score is the mean of")
    options = parser.parse_args()
    lines = [
        "| table | from | label | rows | score | Evenstep | gradient boosting | MLP | one run |",
        "| --- | --- | --- | ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    print("\n".join(lines), flush=True)
    results = []
    for table in catalogue.TABLES:
        if not options.only or table[0] in options.only:
            near, line = row(*table, options)
            results.append(near)
            lines.append(line)
            print(line, flush=True)
    trained = sum(result is not None for result in results)
    near = sum(result is True for result in results)
    words = f"{trained} of {len(results)} tables train; {near} come within {NEAR} of the weaker of the two, or above it."
    print("\n" + words)
    if options.page:
        write(options.page, lines, words)


def write(page, lines, words):
    """Puts the table between the markers of a page."""
    begin, end = "<!-- tables begin -->", "<!-- tables end -->"
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(begin)
    after = rest.split(end)[1]
    made = [line.replace(" below both", "") for line in lines]
    page.write_text(before + begin + "\n\n" + "\n".join(made) + "\n\n" + words + "\n\n" + end + after, encoding="utf-8")


if __name__ == "__main__":
    main()
