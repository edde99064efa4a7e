"""Loads the DAG named first with the stand-in beside this file, and runs the command named second.

describe            prints tasks, their arguments (with Airflow's templates rendered) and their order, as JSON
execute             runs the train task; prints done, retry or fail
promote TARGET      runs gate and promotion on the run of the rendered id; prints promoted, or why not
"""

import importlib.util
import json
import re
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.dont_write_bytecode = True

from airflow.exceptions import AirflowException, AirflowFailException

START = datetime(2026, 11, 20, tzinfo=timezone.utc)  # as Airflow sets it for a scheduled daily run, equal for all tries
CONTEXT = {"logical_date": START, "data_interval_start": START, "data_interval_end": START + timedelta(days=1)}


def arguments(task):
    return {key: render(value) if key in task.template_fields else plain(value) for key, value in task.arguments.items()}


def plain(value):
    return value if isinstance(value, (str, int, list, dict, type(None))) else getattr(value, "__name__", str(value))


def render(value):
    if isinstance(value, dict):
        return {key: render(item) for key, item in value.items()}
    if isinstance(value, list):
        return [render(item) for item in value]
    if not isinstance(value, str) or "{{ ti." in value:
        return plain(value)
    try:
        import jinja2
    except ImportError:  # the templates are plain expressions
        return re.sub(r"{{ (.*?) }}", lambda found: str(eval(found[1], {}, CONTEXT)), value)
    return jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(value).render(**CONTEXT)


def main(dag_file, what, *more):
    spec = importlib.util.spec_from_file_location("evenstep_dag", dag_file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    tasks = module.dag.tasks
    if what == "describe":
        described = {name: {**arguments(task), "downstream": task.downstream} for name, task in tasks.items()}
        print(json.dumps({"dag": module.dag.settings, "tasks": described}, default=str))
    elif what == "execute":
        try:
            tasks["train"].execute({})
            print("done")
        except AirflowFailException:
            print("fail")
        except AirflowException:
            print("retry")
    elif what == "promote":
        gate, promotion = tasks["gate"].arguments, tasks["promote"].arguments
        try:
            model = gate["python_callable"](**render(gate["op_kwargs"]))
            promotion["python_callable"](**{**promotion["op_kwargs"], "model": model, "target": more[0]})
            print("promoted")
        except AirflowFailException as reason:
            print(reason)


main(*sys.argv[1:])
