"""Runs an example for PySpark against the gateway that PySpark talks to.

Replaces the Python half of PySpark and Py4J, with just enough of Py4J's protocol for the calls of an example. The Java
half, which finds constructors and methods and converts numbers, is Py4J's own.

harness.py PORT EXAMPLE: the gateway's entry point gives `rows()` and `others()`, and takes `scored` back.
"""

import socket
import sys
import types


class Gateway:
    def __init__(self, port):
        self.file = socket.create_connection(("127.0.0.1", port)).makefile("rw", encoding="utf-8", newline="\n")

    def ask(self, *lines):
        self.file.write("".join(line + "\n" for line in lines) + "e\n")
        self.file.flush()
        answer = self.file.readline().rstrip("\n")
        if not answer.startswith("!y"):
            raise RuntimeError(f"{lines}: {answer}")
        return self.value(answer[2:])

    def value(self, answer):
        kind, rest = answer[:1], answer[1:]
        if kind == "r":
            return JavaObject(self, rest)
        return {"v": lambda text: None, "i": int, "d": float, "s": str, "b": lambda text: text == "true"}[kind](rest)

    def coded(self, value):
        if isinstance(value, JavaObject):
            return "r" + value.id
        return {bool: "b", int: "i", float: "d", str: "s"}[type(value)] + str(value)


class JavaObject:
    def __init__(self, gateway, id):
        self.gateway, self.id = gateway, id

    def __getattr__(self, method):
        return lambda *values: self.gateway.ask("c", self.id, method, *map(self.gateway.coded, values))


class JavaName:
    """A package or a class; only a call shows which."""

    def __init__(self, gateway, name=""):
        self.gateway, self.name = gateway, name

    def __getattr__(self, part):
        return JavaName(self.gateway, f"{self.name}.{part}".lstrip("."))

    def __call__(self, *values):
        return self.gateway.ask("i", self.name, *map(self.gateway.coded, values))


class DataFrame:
    def __init__(self, jdf, session):
        self._jdf, self.session = jdf, session


gateway = Gateway(int(sys.argv[1]))
entry = JavaObject(gateway, "t")
spark = types.SimpleNamespace(_jvm=JavaName(gateway))
pyspark, sql = types.ModuleType("pyspark"), types.ModuleType("pyspark.sql")
sql.DataFrame = DataFrame
sys.modules.update({"pyspark": pyspark, "pyspark.sql": sql})

names = {"spark": spark, "rows": DataFrame(entry.rows(), spark), "others": DataFrame(entry.others(), spark)}
with open(sys.argv[2], encoding="utf-8") as example:
    exec(compile(example.read(), sys.argv[2], "exec"), names)
entry.scored(names["scored"]._jdf)
