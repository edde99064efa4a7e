"""Trains a network each day with Evenstep, and promotes its model when the quality gate is met.

Copy it into Airflow's dags folder (Airflow 2.4 or newer, apache-airflow-providers-apache-spark) and change the
constants. It needs one Spark connection and no other packages.

    train -> gate -> promote

Exit codes of a training job: after 0 and 79 (the job's own gate was not met) the gate task runs. 64, 65 and 78
(command, data, job) fail at once, because a retry cannot help. All others, above all 75 (workers were lost), are
retried.

The run id comes from the logical date, so a retry, a cleared task and a backfill of the same day are the same run:
it resumes from its newest checkpoint, and if it is done already it says so and exits with 0. The rows come from the
data interval, the day that is over when the DAG runs. If they do not exist, the task fails at once (code 65).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowException, AirflowFailException
from airflow.operators.python import PythonOperator
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

HOME = os.environ.get("EVENSTEP_HOME", "/opt/evenstep")  # the unpacked distribution
OUTPUT = os.environ.get("EVENSTEP_OUTPUT", "hdfs:///runs")  # holds a folder for each run
PROMOTED = os.environ.get("EVENSTEP_PROMOTED", "hdfs:///models/digits/model.zip")
JOB = f"{HOME}/conf/digits.yaml"

# The rows of the data interval: one file or folder per day. Without a template, all days train on the same rows.
ROWS = os.environ.get("EVENSTEP_ROWS", "hdfs:///digits/{{ data_interval_start.strftime('%Y-%m-%d') }}.csv.gz")

METRIC = "test.accuracy"
AT_LEAST = 0.96

# The day, and for finer schedules the time, in letters, digits and dashes, as a run id allows.
RUN_ID = "digits-{{ logical_date.strftime('%Y%m%d-%H%M%S') }}"


def jars(home: str) -> tuple[str, str]:
    """The jar with the main class, and the other jars, as spark-submit takes them."""
    try:
        names = sorted(name for name in os.listdir(f"{home}/lib") if name.endswith(".jar"))
    except FileNotFoundError:  # on a machine that only reads DAGs
        names = []
    main = [name for name in names if name.startswith("evenstep-driver-")] or ["evenstep-driver.jar"]
    return f"{home}/lib/{main[0]}", ",".join(f"{home}/lib/{name}" for name in names if name != main[0])


def read(path: str) -> str:
    """Reads a text from a local path, or from one that Hadoop can read."""
    if "://" not in path:
        with open(path, encoding="utf-8") as text:
            return text.read()
    return subprocess.run(["hadoop", "fs", "-cat", path], check=True, capture_output=True, text=True).stdout


def copy(source: str, target: str) -> None:
    """Replaces a file by another, atomically."""
    if "://" not in source and "://" not in target:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(source, "rb") as model, open(f"{target}.unfinished", "wb") as unfinished:
            unfinished.write(model.read())
        os.replace(f"{target}.unfinished", target)
        return
    subprocess.run(["hadoop", "fs", "-cp", "-f", source, target], check=True)


class Train(SparkSubmitOperator):
    """spark-submit that knows Evenstep's exit codes. Cluster mode has Spark's; there every failure is retried."""

    def execute(self, context):
        try:
            return super().execute(context)
        except AirflowException as failure:
            code = re.search(r"Error code is: (\d+)", str(failure))
            if code and code[1] == "79":
                return None
            if code and code[1] in ("64", "65", "78"):
                raise AirflowFailException(str(failure)) from failure
            raise


def check_gate(run_id: str, output: str = OUTPUT, metric: str = METRIC, at_least: float = AT_LEAST) -> str:
    """Returns the path of the run's model; fails if it is not good enough, which stops the later tasks.

    Spark may report a failed driver as done. Only result.json is reliable; it exists only if the run is done.
    """
    result = json.loads(read(f"{output}/{run_id}/result.json"))
    if result["runId"] != run_id:
        raise AirflowFailException(f"Invalid result.json: it is of run {result['runId']}, not of {run_id}")
    if result["status"] != "done":
        raise AirflowFailException(f"Not promoted: the run ended with {result['status']}")
    value = result["metrics"].get(metric)
    if value is None or not value >= at_least:
        raise AirflowFailException(f"Not promoted: {metric} must be at least {at_least}, got {value}")
    return result["model"]


def promote(model: str, target: str = PROMOTED) -> None:
    """Copies the model to where its users look for it."""
    copy(model, target)


MAIN, OTHERS = jars(HOME)

with DAG(
    dag_id="evenstep_digits",
    schedule="@daily",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,  # does not start a day while the previous one is still training
    default_args={"retries": 3, "retry_delay": timedelta(minutes=2)},
) as dag:
    train = Train(
        task_id="train",
        conn_id="spark_default",
        application=MAIN,
        java_class="io.evenstep.driver.cli.Main",
        name=RUN_ID,
        jars=OTHERS,
        driver_memory="1g",
        executor_memory="2g",
        executor_cores=1,
        num_executors=4,
        conf={
            "spark.executorEnv.OMP_NUM_THREADS": "1",
            "spark.task.cpus": "1",
            "spark.dynamicAllocation.enabled": "false",
            "spark.speculation": "false",
            "spark.executor.memoryOverheadFactor": "0.5",
        },
        application_args=[
            "train",
            JOB,
            "--run-id",
            RUN_ID,
            "--resume",
            "auto",
            "--set",
            f"output={OUTPUT}",
            "--set",
            f"data.path={ROWS}",
            "--set",
            "training.workers=4",
        ],
    )
    gate = PythonOperator(
        task_id="gate",
        python_callable=check_gate,
        op_kwargs={"run_id": RUN_ID},
        retries=0,
    )
    promotion = PythonOperator(
        task_id="promote",
        python_callable=promote,
        op_kwargs={"model": "{{ ti.xcom_pull(task_ids='gate') }}"},
    )
    train >> gate >> promotion
