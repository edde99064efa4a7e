"""TorchDistributor and Spark ML's perceptron on PySpark's local[2]; answers requests line by line.

python -m compare.spark_worker JOB.yaml DATA
"""

import json
import pathlib
import sys
import time

import yaml
from pyspark.ml.classification import MultilayerPerceptronClassifier
from pyspark.ml.linalg import Vectors
from pyspark.ml.torch.distributor import TorchDistributor
from pyspark.sql import SparkSession

from compare import networks, rows, torch_worker


class Peers:
    def __init__(self, job, data):
        self.job, self.data = job, data
        builder = SparkSession.builder.master("local[2]").appName("compare").config("spark.ui.enabled", "false")
        self.spark = builder.config("spark.driver.memory", "3g").config("spark.log.level", "ERROR").getOrCreate()
        self.cached = None

    def distribute(self, request):
        distributor = TorchDistributor(num_processes=2, local_mode=False, use_gpu=False)
        return distributor.run(torch_worker.distributed, self.job, self.data, request["epochs"])

    def perceptron(self, request):
        """Full-batch L-BFGS: each iteration sees every row once or more."""
        with open(self.job, encoding="utf-8") as file:
            job = yaml.safe_load(file)
        layers = networks.network(job["model"]["layers"], job["data"]["shape"])
        frame = self.frame(request["rows"])
        sizes = [int(job["data"]["shape"][0]), *(layer.gives[0] for layer in layers)]
        trainer = MultilayerPerceptronClassifier(layers=sizes, maxIter=request["iterations"], tol=0.0, seed=1)
        began = time.perf_counter()
        model = trainer.fit(frame)
        seconds = time.perf_counter() - began
        return {"examples": request["rows"] * model.summary().totalIterations, "seconds": seconds}

    def frame(self, count):
        if self.cached is None:
            features, labels = rows.load(pathlib.Path(self.data))
            pairs = [(int(label), Vectors.dense(row)) for label, row in zip(labels[:count], features[:count].astype(float))]
            self.cached = self.spark.createDataFrame(pairs, ["label", "features"]).repartition(2).cache()
            self.cached.count()
        return self.cached

    def answer(self, request):
        return self.distribute(request) if request["do"] == "distribute" else self.perceptron(request)


def main():
    peers = Peers(*sys.argv[1:3])
    print("@{}", flush=True)
    for line in sys.stdin:
        try:
            answer = peers.answer(json.loads(line))
        except Exception as failure:  # reported as a line, if it does not run here
            answer = {"failed": f"{type(failure).__name__}: {failure}".splitlines()[0][:300]}
        print("@" + json.dumps(answer), flush=True)
    peers.spark.stop()


if __name__ == "__main__":
    main()
