"""The limits of the machine, measured with one-thread processes: matrix products, memory, loopback.

python -m compare.limits
"""

import json
import multiprocessing
import socket
import statistics
import threading
import time

MEGABYTE = 1_000_000


def rate(work, amount, repeats):
    """Amount per second, median."""
    work()
    seconds = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return amount / statistics.median(seconds)


def products(_):
    """GFLOP/s of 1024 x 1024 x 1024 in float32."""
    import torch

    torch.set_num_threads(1)
    left, right, out = (torch.rand(1024, 1024) for _ in range(3))
    return rate(lambda: torch.mm(left, right, out=out), 2 * 1024**3 / 1e9, 30)


def memory(_):
    """GB/s of adding two arrays into a third; none of them fits in the caches."""
    import torch

    torch.set_num_threads(1)
    left, right, out = (torch.rand(32 * 1024 * 1024) for _ in range(3))
    return rate(lambda: torch.add(left, right, out=out), 3 * out.numel() * 4 / 1e9, 8)


def loopback():
    """GB/s each way between two ends that send and receive 4 MB at the same time."""
    size, turns = 4 * MEGABYTE, 100
    server = socket.create_server(("127.0.0.1", 0))
    clients = [socket.create_connection(server.getsockname()), server.accept()[0]]

    def exchange():
        threads = [threading.Thread(target=turn, args=(end, bytes(size), bytearray(size))) for end in clients]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]

    def turn(end, sent, received):
        sender = threading.Thread(target=end.sendall, args=(sent,))
        sender.start()
        view = memoryview(received)
        while view:
            view = view[end.recv_into(view) :]
        sender.join()

    speed = rate(exchange, size / 1e9, turns)
    [end.close() for end in (*clients, server)]
    return speed


def measured():
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        return {
            "gflops1": products(0),
            "gflops2": sum(pool.map(products, range(2), chunksize=1)),
            "memory1": memory(0),
            "memory2": sum(pool.map(memory, range(2), chunksize=1)),
            "loopback": loopback(),
        }


if __name__ == "__main__":
    print("@" + json.dumps(measured()), flush=True)
