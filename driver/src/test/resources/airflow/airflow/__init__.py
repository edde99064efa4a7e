"""Replaces Airflow where it is not installed: records the contents of a DAG and runs nothing."""


class DAG:
    """Remembers its tasks by id."""

    current = None

    def __init__(self, dag_id, **settings):
        self.dag_id, self.settings, self.tasks = dag_id, settings, {}

    def __enter__(self):
        DAG.current = self
        return self

    def __exit__(self, *failure):
        DAG.current = None


class Operator:
    """A task with its arguments, and the tasks after it."""

    template_fields = ()  # the arguments in which Airflow renders templates; each operator has its own

    def __init__(self, task_id, **arguments):
        self.task_id, self.arguments, self.downstream = task_id, arguments, []
        DAG.current.tasks[task_id] = self

    def __rshift__(self, other):
        self.downstream.append(other.task_id)
        return other
