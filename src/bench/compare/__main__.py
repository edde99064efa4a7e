"""Evenstep and its peers train the same networks on the same rows and cores, in turns."""

import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import time
from importlib.metadata import version

import yaml

from compare import accuracy, chart, networks, overview, processes, report, rows, turns
from compare.options import HERE, arguments, source
from compare.overview import RECORDED

ROWS = {"small-mlp": 17_920, "mlp": 30_720, "lenet": 10_240, "residual": 2_560, "lstm": 2_560}  # rows of one pass
ROWS_OF_OTHERS = 2_560
CHECKED = 256


def prepared(name, options, count=None):
    """The model with its rows written, and the folder of its data set."""
    (height, width, pairs), folder = source(name, options)
    job = HERE / "jobs" / f"{name}.yaml"
    words = yaml.safe_load(job.read_text(encoding="utf-8"))
    count = count or options.rows or ROWS.get(name, ROWS_OF_OTHERS)
    model = processes.Model(name, job, words["data"]["shape"], count, options.output / "work" / name)
    rows.write(model.data, height, width, pairs, model.rows)
    rows.write(model.check, height, width, pairs, CHECKED)
    return model, networks.network(words["model"]["layers"], model.shape), folder


def engines(model):
    child = processes.commands(model, "engines").started()
    try:
        return processes.engines(child, model)
    finally:
        child.close()


def limits(options):
    settings = processes.environment(options.output)
    done = subprocess.run([sys.executable, "-m", "compare.limits"], env=settings, check=True, capture_output=True, text=True)
    return json.loads(next(line[1:] for line in done.stdout.splitlines() if line.startswith("@")))


def timed_to_accuracy(name, options, known):
    """Measures the time to an accuracy on all of MNIST."""
    model, _, folder = prepared(name, options, 60_000)
    height, width, pairs = rows.read(folder, rows.TESTS)
    test = model.folder / "test"
    rows.write(test, height, width, pairs, len(pairs))
    with turns.Children(model) as children:
        evenstep = {engine: children.evenstep(engine, 2) for engine in known}
        return accuracy.lines(model, known, test, evenstep, children.torch(2))


def processor():
    lines = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} cores, {name}"


def measured(options):
    found = {
        "machine": processor(),
        "versions": ", ".join(f"{each} {version(each)}" for each in ("torch", "pyspark")),
        "load": [os.getloadavg()[0]],
    }
    found.update({"limits": limits(options), "models": {}})
    known = None
    for name in options.models:
        began = time.monotonic()
        model, layers, _ = prepared(name, options)
        if known is None:
            known = engines(model)
            if known == [""]:
                print("Left out: Evenstep's step engine; this build has no training.engine", flush=True)
        found["models"][name] = turns.measured(model, layers, known, options, found["limits"])
        if options.accuracy and name in accuracy.TARGETS:
            found["models"][name]["accuracy"] = timed_to_accuracy(name, options, known)
        print("\n".join(report.section(name, found["models"][name])), f"\n({time.monotonic() - began:.0f} s)\n", flush=True)
    found["load"].append(os.getloadavg()[0])
    return found


def written(found, output):
    (output / "report.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    (output / "report.md").write_text(report.markdown(found), encoding="utf-8")
    chart.draw(report.bars(found), output / "report.svg")
    print(report.machine(found))
    print(f"{output}: report.json, report.md, report.svg")


def judged(found, options):
    """What is wrong, one per line: peers that train a different network; in a quick run, ratios that fell."""
    wrong = [
        f"{name}: the contenders do not train the same network"
        for name, each in found["models"].items()
        if each["equality"] and not each["equality"]["same"]
    ]
    ratios = {name: each["ratios"] for name, each in found["models"].items()}
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    if options.record and not wrong:
        for name, each in ratios.items():
            recorded[name] = {**recorded.get(name, {}), **{pair: round(value, 3) for pair, value in each.items()}}
        RECORDED.write_text(json.dumps(recorded, indent=2) + "\n", encoding="utf-8")
        overview.write()
    elif options.quick:
        wrong += report.fallen(ratios, recorded)
        wrong += [
            f"{name}: no ratio is recorded; run with --record on a quiet machine" for name in report.unrecorded(ratios, recorded)
        ]
    return wrong


def main():
    options = arguments()
    shutil.rmtree(options.output / "work", ignore_errors=True)
    (options.output / "work").mkdir(parents=True)
    began = time.monotonic()
    found = measured(options)
    written(found, options.output)
    wrong = judged(found, options)
    print(f"{time.monotonic() - began:.0f} s" + "".join(f"\nerror: {line}" for line in wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
