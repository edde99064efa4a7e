"""A Spark standalone cluster on loopback for benchmarks: a master and workers with one core each, from Spark's jars."""

import os
import pathlib
import re
import shutil
import subprocess
import time

START_LIMIT_SECONDS = 90
MASTER_AT = re.compile(r"Starting Spark master at (spark://\S+)")
EXECUTOR = b"CoarseGrainedExecutorBackend"
REGISTERED = re.compile(r"Successfully registered with master")


class Standalone:
    """The processes of one cluster. Use it in a `with` statement, which ends all of them.

    spark: a folder with Spark's jars/; folder: for logs and work; memory: what a worker offers, as Spark writes it
    """

    def __init__(self, spark, folder, workers, memory):
        self.spark, self.folder, self.count, self.memory = spark, folder, workers, memory
        self.members = []  # the master first
        self.master = ""  # the value for --master

    def __enter__(self):
        try:
            self.master = self._start("master", "master.Master", [], MASTER_AT).group(1)
            offer = ["--cores", "1", "--memory", self.memory, "--work-dir", str(self.folder / "work"), self.master]
            for i in range(self.count):
                self._start(f"worker-{i}", "worker.Worker", offer, REGISTERED)
            return self
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        for member in reversed(self.members):
            member.terminate()  # a worker ends its executors first
        for member in reversed(self.members):
            member.wait(timeout=60)

    def executors(self):
        """Process ids of the executors that are running now."""
        workers = {member.pid for member in self.members[1:]}
        return [pid for pid in processes() if parent(pid) in workers and EXECUTOR in command(pid)]

    def _start(self, name, main, options, ready):
        home = os.environ.get("JAVA_HOME")
        java = os.path.join(home, "bin", "java") if home else shutil.which("java")
        command = [java, "-Xmx256m", "-cp", f"{self.spark}/jars/*", f"org.apache.spark.deploy.{main}"]
        command += ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0", *options]
        log = self.folder / f"{name}.log"
        with open(log, "w") as out:
            self.members.append(
                subprocess.Popen(command, env=environment(self.spark, self.folder), stdout=out, stderr=out, cwd=self.folder)
            )
        return self._await(ready, log)

    def _await(self, pattern, log):
        end = time.monotonic() + START_LIMIT_SECONDS
        while time.monotonic() < end and self.members[-1].poll() is None:
            match = pattern.search(log.read_text())
            if match:
                return match
            time.sleep(0.1)
        raise RuntimeError(f"Cannot start the cluster, its log says:\n{log.read_text()}")


def environment(spark, folder):
    """Our environment, and what a Spark without scripts needs; its temporary files go below the folder."""
    return dict(
        os.environ, SPARK_HOME=str(spark), SPARK_SCALA_VERSION="2.12", SPARK_LOCAL_IP="127.0.0.1", SPARK_LOCAL_DIRS=str(folder)
    )


def processes():
    return [int(entry.name) for entry in pathlib.Path("/proc").iterdir() if entry.name.isdigit()]


def parent(pid):
    """Process id of the parent; 0 if there is no such process any more."""
    return status(pid, "PPid")


def peak(pid):
    """The most a process has had resident so far, in KiB; 0 if there is no such process any more."""
    return status(pid, "VmHWM")


def status(pid, key):
    lines = read(pid, "status").decode().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(key + ":")), 0)


def command(pid):
    return read(pid, "cmdline")


def read(pid, name):
    """What the kernel says about a process; empty if it has ended."""
    try:
        return pathlib.Path(f"/proc/{pid}/{name}").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
