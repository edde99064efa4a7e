"""The command-line options, and the places of the data sets."""

import argparse
import os
import pathlib
import sys

from compare import processes, rows

HERE = pathlib.Path(__file__).resolve().parent
FASHION = "/usr/share/datasets/fashion-mnist"  # installed there by Debian


def arguments():
    parser = argparse.ArgumentParser(
        prog="compare.sh", description="Evenstep and its peers train the same networks on the same rows and cores, in turns."
    )
    known = sorted(file.stem for file in (HERE / "jobs").glob("*.yaml"))
    parser.add_argument(
        "--quick", action="store_true", help="Evenstep and PyTorch on two workers; fails where a recorded ratio is missed"
    )
    parser.add_argument("--record", action="store_true", help="keep the ratios in recorded.json, for --quick")
    parser.add_argument("--models", default=",".join(known), help="of " + ", ".join(known))
    parser.add_argument("--rounds", type=int, help="turns of each contender (5; quick: 3)")
    parser.add_argument(
        "--slow-rounds", type=int, default=3, help="turns of the slow ones: DL4J's averaging, TorchDistributor, Spark ML (3)"
    )
    parser.add_argument("--seconds", type=float, default=1.5, help="length of a turn, at least a pass over the rows (1.5)")
    parser.add_argument("--rows", type=int, help="rows of a pass, for a trial of the benchmark itself; a multiple of 256")
    parser.add_argument(
        "--accuracy", action="store_true", help="also the time to 97 and 98.5 %% of MNIST's test digits (MLP, LeNet)"
    )
    parser.add_argument("--mnist", help="folder of the four gzipped files; default: EVENSTEP_MNIST, conf/data/mnist")
    parser.add_argument("--fashion", help=f"the same of Fashion-MNIST; default: {FASHION}")
    parser.add_argument(
        "--output", type=pathlib.Path, default=processes.ROOT / "target" / "compare", help="report.json, .md and .svg; logs"
    )
    options = parser.parse_args()
    options.models = options.models.split(",")
    unknown = sorted(set(options.models) - set(known))
    if unknown:
        parser.error(f"Unknown models {', '.join(unknown)}: there are {', '.join(known)}")
    options.output = options.output.resolve()  # processes run in other folders
    options.rounds = options.rounds or (3 if options.quick else 5)
    return options


def source(name, options):
    """Height, width and rows of the data set that a model learns, and its folder."""
    if name == "small-mlp":
        return rows.digits(), None
    root = processes.ROOT
    if name == "residual":
        folder = rows.folder_of(options.fashion, FASHION)
        missing = "Missing Fashion-MNIST: apt-get install dataset-fashion-mnist, or say --fashion FOLDER, or leave residual out with --models"
    else:
        folder = rows.folder_of(
            options.mnist, os.environ.get("EVENSTEP_MNIST"), root / "conf/data/mnist", root.parent / "shared/data/mnist"
        )
        missing = "Missing MNIST: say --mnist FOLDER, or set EVENSTEP_MNIST"
    if folder is None:
        sys.exit(missing)
    return rows.read(folder), folder
