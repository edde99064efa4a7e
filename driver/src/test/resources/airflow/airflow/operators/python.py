from airflow import Operator


class PythonOperator(Operator):
    pass
