"""Tests of the comparison's own computations, without any library.

In src/bench: python3 -m unittest compare.test_compare
"""

import gzip
import json
import os
import struct
import sys
import tempfile
import unittest
from pathlib import Path

from compare import accuracy, child, contenders, equality, networks, overview, processes, report, rows

LIMITS = {"gflops1": 100, "gflops2": 200, "memory1": 10, "memory2": 20, "loopback": 2}


def result(name, workers, rate, **more):
    return {
        "name": name,
        "workers": workers,
        "rate": rate,
        "lowest": rate,
        "highest": rate,
        "turns": 5,
        "milliseconds": {},
        "bytes": 0,
        "memory": 5e8,
        "shares": {},
        **more,
    }


class Networks(unittest.TestCase):
    def test_counts_dense_layers(self):
        layers = networks.network([{"type": "dense", "units": 512}, {"type": "dense", "units": 256}], [784])
        self.assertEqual(535_818, networks.parameters(layers))
        # The first layer needs no gradient of its input.
        self.assertEqual(2 * (2 * 784 * 512 + 3 * (512 * 256 + 256 * 10)), networks.training_flop(layers))

    def test_counts_lenet(self):
        convolutions = [{"type": "conv2d", "filters": filters, "kernel": 5} for filters in (20, 50)]
        layers = networks.network(
            [convolutions[0], {"type": "maxPool"}, convolutions[1], {"type": "maxPool"}, {"type": "dense", "units": 500}],
            [1, 28, 28],
        )
        self.assertEqual(431_080, networks.parameters(layers))
        self.assertEqual((50, 4, 4), layers[3].gives)

    def test_counts_an_lstm_with_one_bias(self):
        layers = networks.network([{"type": "lstm", "units": 128}], [28, 28])
        self.assertEqual(4 * 128 * (28 + 128 + 1) + 1290, networks.parameters(layers))
        self.assertEqual(28 * 4 * 128 * (28 + 128), layers[0].multiplications)

    def test_follows_branches_and_strides(self):
        stem = {"type": "conv2d", "filters": 4, "kernel": 3, "stride": 2, "padding": "same", "id": "stem"}
        layers = networks.network(
            [
                stem,
                {"type": "batchNorm"},
                {"type": "activation", "from": ["stem", "layer1"], "combine": "add"},
                {"type": "globalPool"},
            ],
            [1, 7, 7],
        )
        self.assertEqual((4, 4, 4), layers[0].gives)
        self.assertEqual(("stem", "layer1"), layers[2].sources)
        self.assertEqual(4 * 9 + 4 + 8 + 4 * 10 + 10, networks.parameters(layers))

    def test_names_a_layer_it_does_not_know(self):
        with self.assertRaisesRegex(ValueError, "layer type capsule"):
            networks.network([{"type": "capsule"}], [4])


class Rows(unittest.TestCase):
    def test_repeats_rows_and_writes_them_for_all_contenders(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            rows.write(folder, 1, 2, [(bytes([0, 255]), 3), (bytes([51, 0]), 7)], 3)
            self.assertEqual(
                struct.pack(">IIII", 0x803, 3, 1, 2) + bytes([0, 255, 51, 0, 0, 255]), (folder / "images.idx").read_bytes()
            )
            self.assertEqual(bytes([3, 7, 3]), (folder / "labels.idx").read_bytes()[8:])
            floats = struct.unpack("<9f", (folder / "examples.f32").read_bytes())
            self.assertEqual((0, 1, 3), floats[:3])
            self.assertAlmostEqual(0.2, floats[3])

    def test_reads_what_mnist_is_kept_in(self):
        with tempfile.TemporaryDirectory() as name:
            images = struct.pack(">IIII", 0x803, 2, 1, 2) + bytes([1, 2, 3, 4])
            for file, content in zip(rows.NAMES, (images, struct.pack(">II", 0x801, 2) + bytes([8, 9]))):
                (Path(name) / file).write_bytes(gzip.compress(content))
            self.assertEqual((1, 2, [(bytes([1, 2]), 8), (bytes([3, 4]), 9)]), rows.read(Path(name)))

    def test_knows_a_folder_by_all_four_files(self):
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / rows.NAMES[0]).touch()
            self.assertIsNone(rows.folder_of(None, name))
            for file in rows.NAMES + rows.TESTS:
                (Path(name) / file).touch()
            self.assertEqual(Path(name), rows.folder_of(None, "/nowhere", name))

    def test_has_all_the_digits(self):
        height, width, pairs = rows.digits()
        self.assertEqual((8, 8, 1797), (height, width, len(pairs)))
        self.assertEqual(set(range(10)), {label for _, label in pairs})
        self.assertEqual(240, max(max(image) for image, _ in pairs))


class Equality(unittest.TestCase):
    def test_wants_each_loss_within_a_thousandth(self):
        counts = {"job": 5, "torch": 5}
        self.assertTrue(equality.same({"evenstep": [2.3, 2.2], "torch": [2.3, 2.2009]}, counts))
        self.assertFalse(equality.same({"evenstep": [2.3, 2.2], "torch": [2.3, 2.2011]}, counts))
        self.assertFalse(equality.same({"evenstep": [2.302, 2.2], "torch": [2.3, 2.2]}, counts))
        self.assertFalse(equality.same({"evenstep": [float("nan")] * 2, "torch": [2.3, 2.2]}, counts))

    def test_wants_as_many_parameters(self):
        self.assertFalse(equality.same({"torch": [2.3, 2.2]}, {"job": 5, "torch": 6}))

    def test_counts_no_running_statistics(self):
        written = [
            {"name": "a_b_gamma", "shape": [1, 8]},
            {"name": "a_b_mean", "shape": [1, 8]},
            {"name": "a_b_log10stdev", "shape": [1, 8]},
            {"name": "0_W", "shape": [8, 3]},
        ]
        self.assertEqual(32, equality.trained(written))


class Contenders(unittest.TestCase):
    def contender(self, *answers):
        given = iter(answers)
        made = contenders.Contender("x", 2, None, 256)
        made.trained = lambda units: next(given)
        return made

    def test_makes_turns_as_long_as_asked(self):
        contender = self.contender({"examples": 1024, "seconds": 0.5})
        contender.turn()
        contender.aim(2)
        self.assertEqual(16, contender.units)
        contender.aim(0.001)
        self.assertEqual(1, contender.units)

    def test_takes_the_median_turn(self):
        turns = [{"examples": 100, "seconds": 1, "milliseconds": {"feed": feed}} for feed in (1, 2, 3)]
        contender = self.contender(*({**turn, "examples": rate, "bytes": 8} for turn, rate in zip(turns, (300, 100, 200))))
        contender.child = child.Child([sys.executable, "-c", "input()"], os.devnull, None)
        for _ in turns:
            contender.turn()
        found = contender.result()
        contender.child.close()
        self.assertEqual((200, 100, 300, 3), tuple(found[key] for key in ("rate", "lowest", "highest", "turns")))
        self.assertEqual({"feed": 3}, found["milliseconds"])
        self.assertGreater(found["memory"], 0)

    def test_compares_compute_with_the_kernels_alone(self):
        model = processes.Model("mlp", Path("mlp.yaml"), [784], 256, Path("work"))
        process = child.Child([sys.executable, "-c", "input()"], os.devnull, None)
        contender = contenders.Evenstep(model, "step", 2, process, iter([]), kernels=process)
        for compute, alone in ((6, 4), (9, 3), (5, 5)):
            phases = {"milliseconds": {"compute": compute}, "kernels": alone, "bytes": 0}
            contender.turns.append({"examples": 256, "seconds": 1, **phases})
        found = contender.result()
        process.close()
        self.assertEqual({"compute": 6, "alone": 4, "ratio": 1.5}, found["kernels"])

    def test_leaves_out_who_fails(self):
        contender = self.contender({"failed": "no Spark"})
        contender.turn()
        self.assertEqual("no Spark", contender.result()["failed"])

    def test_tells_nobody_which_kernels_to_take(self):
        os.environ["OPENBLAS_CORETYPE"] = "Haswell"
        self.addCleanup(os.environ.pop, "OPENBLAS_CORETYPE", None)
        self.assertNotIn("OPENBLAS_CORETYPE", processes.environment(Path("x")))

    def test_names_the_settings_of_a_run(self):
        model = processes.Model("mlp", Path("mlp.yaml"), [784], 256, Path("work"))
        words = processes.words(model, model.data, Path("runs/first"), {"training.engine": "step"}, 2)
        self.assertEqual(["train", "mlp.yaml", "--master", "local[2]", "--run-id", "first"], words[:6])
        self.assertIn("training.engine=step", words)

    def test_finds_the_first_epoch_that_is_good_enough(self):
        self.assertEqual(2, accuracy.reached([0.9, 0.97, 0.96], 0.97))
        self.assertEqual(0, accuracy.reached([0.9], 0.97))


class Children(unittest.TestCase):
    ECHO = "import sys\nprint('noise')\nprint('@{}', flush=True)\nfor line in sys.stdin: print('@' + line, flush=True)"

    def test_answers_what_it_is_asked(self):
        process = child.Child([sys.executable, "-c", self.ECHO], os.devnull, None).started()
        self.assertEqual({"do": "this"}, process.ask({"do": "this"}))
        process.close()

    def test_shows_the_end_of_its_log_when_it_dies(self):
        with tempfile.TemporaryDirectory() as name:
            process = child.Child([sys.executable, "-c", "raise SystemExit('out of luck')"], Path(name) / "log", None)
            with self.assertRaisesRegex(RuntimeError, "ended with 1:\nout of luck"):
                process.started()
            process.close()


class Overview(unittest.TestCase):
    def test_sets_all_rates_in_relation_to_pytorch(self):
        ratios = {"evenstep-step-2 / torch-2": 1.5, "evenstep-step-2 / dl4j-fit-2": 3.0, "evenstep-step-2 / dl4j-averaging-5": 6.0}
        expected = {"Evenstep": 1.5, "PyTorch DDP": 1, "DL4J fit, one process": 0.5, "DL4J on Spark": 0.25}
        self.assertEqual(expected, overview.speeds(ratios))

    def test_is_drawn_from_what_is_recorded(self):
        recorded = json.loads(overview.RECORDED.read_text(encoding="utf-8"))
        self.assertEqual(overview.drawn(recorded), overview.CHART.read_text(encoding="utf-8"), "run python3 -m compare.overview")


class Reports(unittest.TestCase):
    def test_holds_each_result_against_peers_with_as_many_workers(self):
        results = [
            result("evenstep-step-1", 1, 60),
            result("evenstep-step-2", 2, 90),
            result("torch-1", 1, 30),
            result("torch-2", 2, 60),
        ]
        results.append({"name": "torch-distributor-2", "workers": 2, "failed": "no Spark"})
        wanted = {"evenstep-step-1 / torch-1": 2.0, "evenstep-step-2 / torch-2": 1.5, "evenstep-step-2 / evenstep-step-1": 1.5}
        self.assertEqual(wanted, report.ratios(results))

    def test_fails_a_ratio_more_than_15_percent_below_the_recorded_one(self):
        recorded = {"mlp": {"a / b": 1.0}, "lenet": {"a / b": 1.0}}
        self.assertEqual([], report.fallen({"mlp": {"a / b": 0.86}}, recorded))
        lines = report.fallen({"mlp": {"a / b": 0.84}}, recorded)
        self.assertEqual(["mlp: a / b is 0.84, recorded 1.00: more than 15 % below"], lines)

    def test_names_a_model_without_any_recorded_ratio(self):
        self.assertEqual(["mlp"], report.unrecorded({"mlp": {"a / b": 1}, "lenet": {"a / b": 1}}, {"lenet": {"a / b": 1}}))

    def test_takes_shares_of_the_limits_for_as_many_processes(self):
        phases = {"compute": 5.0, "communicate": 2.0, "update": 1.0}
        found = report.shares(result("evenstep-2", 2, 1000, milliseconds=phases, bytes=1e6), 5e7, 250_000, LIMITS)
        self.assertAlmostEqual(0.25, found["gflops"])
        self.assertAlmostEqual(2 * 250_000 * 28 / 0.001 / 20e9, found["memory"])
        self.assertAlmostEqual(0.25, found["loopback"])

    def test_says_why_a_contender_is_left_out(self):
        self.assertIn("left out: no Spark", report.row({"name": "x", "workers": 2, "failed": "no Spark"}))

    def test_writes_a_row_of_the_table(self):
        shown = report.row(result("torch-2", 2, 25_600, milliseconds={"feed": 0.5}, bytes=2e6, shares={"gflops": 0.4}))
        self.assertEqual("| torch-2 | 25,600 (25,600 to 25,600) | 10.00 | feed 0.50 | 2.00 | 500 | gflops 40% | 5 |", shown)

    def test_says_how_near_compute_is_to_its_kernels(self):
        results = [result("torch-2", 2, 9)]
        self.assertEqual([], list(report.kernels(results)))
        for name, alone in (("evenstep-step-1", 4.0), ("evenstep-step-2", 3.0)):
            results.append(result(name, 2, 9, kernels={"compute": 5.0, "alone": alone, "ratio": 5.0 / alone}))
        line = (
            "Compute of a step / its kernels alone: evenstep-step-1 5.00 / 4.00 ms = 1.25;"
            " evenstep-step-2 5.00 / 3.00 ms = 1.67, ABOVE THE BOUND (bound 1.5)."
        )
        self.assertEqual([line], list(report.kernels(results)))

    def test_draws_bars_against_pytorch_on_two_workers(self):
        measured = {
            "results": [result("evenstep-2", 2, 30), result("torch-2", 2, 20), {"name": "y", "workers": 2, "failed": "no"}]
        }
        self.assertEqual({"mlp": {"evenstep-2": 1.5, "torch-2": 1.0}}, report.bars({"models": {"mlp": measured}}))


if __name__ == "__main__":
    unittest.main()
