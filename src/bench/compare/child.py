"""A process that trains on request: requests are lines of JSON, answers are lines that begin with @."""

import json
import pathlib
import subprocess
import threading

LIMIT_SECONDS = 600


class Child:
    def __init__(self, command, log, environment):
        self.log = pathlib.Path(log)
        with open(log, "w", encoding="utf-8") as errors:
            self.process = subprocess.Popen(
                command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
            )

    def started(self):
        self.answer()
        return self

    def send(self, request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()

    def answer(self):
        """The next answer; ignores other output before it."""
        watch = threading.Timer(LIMIT_SECONDS, self.process.kill)
        watch.start()
        try:
            for line in self.process.stdout:
                if line.startswith("@"):
                    return json.loads(line[1:])
        finally:
            watch.cancel()
        raise RuntimeError(f"Cannot go on: a process ended with {self.process.wait()}:\n" + self.tail())

    def ask(self, request):
        self.send(request)
        return self.answer()

    def tail(self):
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])

    def peak_bytes(self):
        """Peak resident memory, including the processes that it started."""
        return sum(peak(pid) for pid in family(self.process.pid))

    def close(self):
        """Kills it: nothing can be lost, and some of DL4J's threads would keep Java alive."""
        self.process.stdin.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def family(pid):
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
    found = children.read_text(encoding="ascii").split() if children.exists() else []
    return [pid] + [each for child in found for each in family(int(child))]


def peak(pid):
    lines = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)
