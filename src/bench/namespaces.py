"""Two network namespaces of this machine joined by a cable of a given speed, for benchmarks. Needs Linux and root."""

import os
import subprocess

CABLE = "cable"  # the interface in both namespaces
BURST = "128kb"  # sent at once before the speed counts; a few times the largest packet
QUEUE = "16mb"


class Link:
    """Use it in a `with` statement, which removes the namespaces. Nothing else can use or see the cable."""

    def __init__(self):
        self.spaces = [f"evenstep-{os.getpid()}-{side}" for side in "ab"]

    def __enter__(self):
        try:
            for space in self.spaces:
                run("ip", "netns", "add", space)
            run("ip", "link", "add", CABLE, "netns", self.spaces[0], "type", "veth", "peer", "name", CABLE, "netns", self.spaces[1])
            for side, space in enumerate(self.spaces):
                run("ip", "-n", space, "address", "add", f"{self.address(side)}/24", "dev", CABLE)
                run("ip", "-n", space, "link", "set", CABLE, "up")
                run("ip", "-n", space, "link", "set", "lo", "up")
            return self
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        for space in self.spaces:
            subprocess.run(["ip", "netns", "delete", space], check=False, stderr=subprocess.DEVNULL)

    def address(self, side):
        return f"10.77.0.{side + 1}"

    def shape(self, megabits):
        """Limits what each end sends; 0 for no limit."""
        for space in self.spaces:
            subprocess.run(["tc", "-n", space, "qdisc", "delete", "dev", CABLE, "root"], check=False, stderr=subprocess.DEVNULL)
            if megabits:
                limit = ["rate", f"{megabits}mbit", "burst", BURST, "limit", QUEUE]
                run("tc", "-n", space, "qdisc", "add", "dev", CABLE, "root", "tbf", *limit)

    def inside(self, side, command):
        """The command, run at one end of the cable."""
        return ["ip", "netns", "exec", self.spaces[side], *command]


def refused():
    """Why this machine does not let us have such a link; empty if it does."""
    try:
        with Link() as link:
            link.shape(1000)
        return ""
    except (OSError, RuntimeError) as error:
        return str(error)


def run(*command):
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
