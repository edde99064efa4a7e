"""Scores of scikit-learn's models on the columns that a job file of `evenstep new` uses."""

import json
import warnings

import numpy as np
import pandas as pd
import yaml
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.metrics import accuracy_score, r2_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

SEEDS = 5


def table(job_file):
    """The columns of a job and its label, read with the job's settings for the file."""
    data = yaml.safe_load(job_file.read_text(encoding="utf-8"))["data"]
    path = job_file.parent / data["path"]
    absent = [""] + [str(text) for text in data.get("absent", [])]
    if data["format"] == "csv":
        frame = pd.read_csv(
            path,
            sep=data["delimiter"],
            encoding=data.get("options", {}).get("encoding", "utf-8"),
            na_values=absent,
            keep_default_na=False,
            low_memory=False,
        )
        frame.columns = [f"_c{i}" if name.startswith("Unnamed: ") else name for i, name in enumerate(frame.columns)]
    else:
        frame = pd.DataFrame(json.loads(path.read_text(encoding="utf-8")))
        frame = frame.replace(absent, np.nan)
    frame = frame[frame[data["label"]].notna()]
    return frame, data


def features(frame, data):
    """Numbers and categories, and their encoding for a network and for trees."""
    numbers, names, made = [], [], pd.DataFrame(index=frame.index)
    for feature in data["features"]:
        column = feature["column"]
        if feature["type"] == "categorical":
            made[column] = frame[column].astype(object).where(frame[column].notna(), "").astype(str)
            names.append(column)
        elif feature["type"] == "time":
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                times = pd.to_datetime(frame[column].astype(str), errors="coerce", format="mixed")
            for part in ("year", "month", "day", "dayofweek", "dayofyear", "hour"):
                made[f"{column} {part}"] = getattr(times.dt, part)
                numbers.append(f"{column} {part}")
        elif feature["type"] == "ordinal":
            levels = {level: place for place, level in enumerate(feature["levels"])}
            made[column] = frame[column].map(levels)
            numbers.append(column)
        elif feature["type"] == "text":
            counts = TfidfVectorizer(max_features=feature["terms"], ngram_range=(1, 2))
            found = counts.fit_transform(frame[column].fillna("").astype(str)).toarray()
            terms = [f"{column} {term}" for term in counts.get_feature_names_out()]
            made = pd.concat([made, pd.DataFrame(found, index=frame.index, columns=terms)], axis=1)
            numbers.extend(terms)
        elif feature.get("format") in ("point", "comma"):
            made[column] = plain(frame[column], feature["format"])
            numbers.append(column)
        else:
            words = {"true": 1, "false": 0, "yes": 1, "no": 0, "y": 1, "n": 0, "t": 1, "f": 0}
            cells = frame[column].map(lambda cell: words.get(str(cell).lower(), cell))
            made[column] = pd.to_numeric(cells, errors="coerce")
            numbers.append(column)
    return made, numbers, names


def plain(column, way):
    """Numbers with currencies, percent signs and separated thousands."""
    texts = column.astype(str).str.replace(r"[^0-9.,%-]", "", regex=True)
    texts = texts.str.replace("." if way == "comma" else ",", "").str.replace(",", ".")
    percent = texts.str.endswith("%")
    return pd.to_numeric(texts.str.rstrip("%"), errors="coerce") / np.where(percent, 100, 1)


def scores(job_file):
    """Mean score of trees and of a network over several splits: accuracy, or R2 for a regression."""
    frame, data = table(job_file)
    made, numbers, names = features(frame, data)
    is_class = data["task"] == "classification"
    label = frame[data["label"]]
    if is_class:
        label = label.astype(str)
    else:
        label = plain(label, data["labelFormat"]) if "labelFormat" in data else pd.to_numeric(label)
    score = accuracy_score if is_class else r2_score
    prepared = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler()), numbers),
            ("names", OneHotEncoder(handle_unknown="ignore", sparse_output=False), names),
        ]
    )
    found = {"trees": [], "network": []}
    for seed in range(SEEDS):
        common = label.groupby(label).transform("size") > 1 if is_class else pd.Series(True, index=label.index)
        split = train_test_split(
            made[common], label[common], test_size=0.2, random_state=seed, stratify=label[common] if is_class else None
        )
        rows, held, labels, truths = split
        prepared.fit(rows)
        x, x_held = prepared.transform(rows), prepared.transform(held)
        trees = (HistGradientBoostingClassifier if is_class else HistGradientBoostingRegressor)(random_state=seed)
        network = (MLPClassifier if is_class else MLPRegressor)(random_state=seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found["trees"].append(score(truths, trees.fit(x, labels).predict(x_held)))
            found["network"].append(score(truths, network.fit(x, labels).predict(x_held)))
    return {name: float(np.mean(values)) for name, values in found.items()}
