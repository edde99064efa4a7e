import inspect
import os

from airflow import Operator
from airflow.exceptions import AirflowException


class SparkSubmitOperator(Operator):
    """Takes the same arguments as the real operator; ends with the exit code in EXIT_CODE."""

    template_fields = (
        "application", "conf", "files", "py_files", "jars", "driver_class_path", "packages", "exclude_packages",
        "keytab", "principal", "proxy_user", "name", "application_args", "env_vars",
    )

    def __init__(
        self, *, task_id, application="", conf=None, conn_id="spark_default", jars=None, java_class=None,
        executor_cores=None, executor_memory=None, driver_memory=None, name="arrow-spark", num_executors=None,
        application_args=None, deploy_mode=None, retries=None,
    ):
        given = {key: value for key, value in locals().items() if key in inspect.signature(SparkSubmitOperator).parameters}
        super().__init__(**given)

    def execute(self, context):
        code = os.environ.get("EXIT_CODE", "0")
        if code != "0":
            raise AirflowException(f"Cannot execute: spark-submit. Error code is: {code}.")
