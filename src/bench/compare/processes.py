"""The processes of a model's contenders: how to start each one, and how to make Evenstep train."""

import json
import os
import pathlib
import sys
from dataclasses import dataclass

from compare.child import Child

ROOT = pathlib.Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Model:
    """A job, where its rows are, and where its contenders may write."""

    name: str
    job: pathlib.Path
    shape: list
    rows: int
    folder: pathlib.Path

    @property
    def data(self):
        return self.folder / "data"

    @property
    def check(self):
        return self.folder / "check"


def environment(folder, **more):
    """The environment of every contender: one thread per process, and no settings for OpenBLAS."""
    kept = {name: value for name, value in os.environ.items() if name not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    logging = f"-Dlog4j2.configurationFile={(ROOT / 'conf' / 'log4j2.properties').as_uri()}"
    one = {name: "1" for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "BENCH_BUILT")}
    return {
        **kept,
        **one,
        "JDK_JAVA_OPTIONS": logging,
        "EVENSTEP_LOG": str(folder / "evenstep.log"),
        "SPARK_LOCAL_IP": "127.0.0.1",
        **more,
    }


def java(model, name, main, heap, threads, *arguments, module="driver"):
    command = ["sh", str(ROOT / "src" / "bench" / "run.sh"), module, heap, main, *map(str, arguments)]
    settings = environment(model.folder, BENCH_THREADS=str(threads))
    return Child(command, model.folder / f"{name}.log", settings)


def commands(model, name):
    return java(model, name, "cli.CommandTurns", "1g", 1)


def dl4j(model, name, threads, heap="2g"):
    shape = ",".join(map(str, model.shape))
    return java(model, name, "dl4j.Dl4jTurns", heap, threads, initial(model), model.data / "examples.f32", shape)


def kernels(model, rows):
    shape = ",".join(map(str, model.shape))
    return java(model, "kernels", "bench.KernelTurns", "1g", 1, initial(model), rows, shape, module="model")


def torch(model, workers):
    meeting = model.folder / f"torch-{workers}.rendezvous"
    meeting.unlink(missing_ok=True)
    settings = environment(model.folder, GLOO_SOCKET_IFNAME="lo", COMPARE_RENDEZVOUS=str(meeting))
    command = [sys.executable, "-m", "compare.torch_worker", str(model.job), str(model.data), str(workers)]
    return Child(command, model.folder / f"torch-{workers}.log", settings)


def pyspark(model):
    settings = environment(model.folder, GLOO_SOCKET_IFNAME="lo", PYSPARK_PYTHON=sys.executable, JDK_JAVA_OPTIONS="")
    command = [sys.executable, "-m", "compare.spark_worker", str(model.job), str(model.data)]
    return Child(command, model.folder / "pyspark.log", settings)


def initial(model):
    return model.folder / "runs" / "initial" / "model.zip"


def engine_setting(engine):
    return {"training.engine": engine} if engine else {}


def words(model, data, run, settings, workers):
    settings = {"data.folder": data, "output": run.parent, **settings}
    options = [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]
    return ["train", str(model.job), "--master", f"local[{workers}]", "--run-id", run.name, *options]


def train(child, model, data, run, settings, workers=1):
    """Runs a job; returns its result.json."""
    answer = child.ask(words(model, data, run, settings, workers))
    if answer["code"] != 0:
        raise RuntimeError(f"Cannot train {model.name}: Evenstep ended with {answer['code']}:\n{child.tail()}")
    return json.loads((run / "result.json").read_text(encoding="utf-8"))


def engines(child, model):
    """The engines of this build; without a key for the engine there is no choice."""
    answer = child.ask([*words(model, model.data, model.folder / "runs" / "none", {}, 1), "--print-config"])
    if answer["code"] != 0:
        raise RuntimeError(f"Cannot read {model.job}: Evenstep ended with {answer['code']}:\n{child.tail()}")
    if "training.engine" not in answer["out"]:
        return [""]
    known = []
    for engine in ("step", "dl4j"):
        line = words(model, model.data, model.folder / "runs" / "none", {"training.engine": engine}, 1)
        known += [engine] if child.ask([*line, "--print-config"])["code"] == 0 else []
    return known
