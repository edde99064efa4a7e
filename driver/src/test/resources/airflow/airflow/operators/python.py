from airflow import Operator


class PythonOperator(Operator):
    template_fields = ("templates_dict", "op_args", "op_kwargs")
