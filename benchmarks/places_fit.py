"""Fit the weights of data/places/weights.toml on half of a gold corpus; report the other half.

    places_fit.py GOLD.jsonl[.gz] [--only SIGN[,SIGN…]] [--nil] [--wars] [--dev DEV.jsonl] [--scores] [--write]

Both choices are log-linear: whether a name is a place (logistic), which place it is (softmax over candidates and NIL).
Weights are drawn towards the values that the file holds (a Gaussian prior), so that signs which the corpus does not
show keep what was set by hand. Articles with an even number are fitted on. What the others of a report say depends on
the weights, so the ranking is fitted in rounds.

With --only, signs that are new are fitted and all else stays: what all weights come to together is likelier on LGL, and
finds less (end to end 0.682 of 0.701), for likelihood counts a wrong name as much as a missed one.

What only reports of war show (IN_WAR) is fitted with --wars, alone, on the even rows of places_wars.csv.
NIL is one more candidate; with --nil its utility is raised as far as costs no right answer. With
--scores only the scores are fitted: the log-odds of being right from those of belief and share; --dev adds the
annotated places of the seen dev passages, which tell how it is in reports of war.
"""

import argparse
import csv
import gzip
import json
import math
from pathlib import Path

import numpy as np
import places_wars

from tracker.claims import ActorIndex
from tracker.model import Report
from tracker.places import Gazetteer, Locator
from tracker.places.ranking.resolve import COLUMNS
from tracker.places.ranking.scores import log_odds
from tracker.resources import data_path

FIXED_MENTION = {
    "fate_after",
    "peril_after",
    "threshold",
    "masked",
    "body_after",
    "swallowed",
    "unknown",
    "respelled",
    "taken",
    "cue",
    "listed",
    "type_in_name",
}
FIXED_PLACE = {"seat", "at_war", "fought_over", "nil", "exact", "cue", "country"}
IN_WAR = {"named_in_war"}
PRIOR = 0.05  # strength of the pull towards the old value, per unit of squared difference, times the square root of n
RIGHT_KM = 25.0  # a candidate as near to the gold point is the one that was meant
ROUNDS = 3
SCORE = ("bias", "belief", "share", "war")
SAME_GROUND = math.cos(12.0 / 6371.0088)


def read(path: str) -> list[dict]:
    raw = Path(path).read_bytes()
    return [json.loads(line) for line in (gzip.decompress(raw) if path.endswith(".gz") else raw).splitlines()]


def report_of(article: dict) -> Report:
    return Report(report_id=article["id"], text=article["text"], sha256="")


def kilometres(lat: float, lon: float, points: np.ndarray) -> np.ndarray:
    lat, lon = math.radians(lat), math.radians(lon)
    target = np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])
    return 6371.0088 * np.arccos(np.clip(points @ target, -1.0, 1.0))


def unit(lat: float, lon: float) -> np.ndarray:
    lat, lon = math.radians(lat), math.radians(lon)
    return np.array([[math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)]])


def war_articles() -> list[dict]:
    listed = places_wars.rows()
    articles = []
    for number, (_, row, text) in enumerate(places_wars.texts(listed)):
        if row % 2 or not listed[row]["sources"]:
            continue
        start, name = text.index(listed[row]["name"]), listed[row]["name"]
        toponym = {"start": start, "end": start + len(name), "text": name}
        toponym |= {axis: float(listed[row][axis]) for axis in ("lat", "lon")}
        articles.append({"id": str(number), "text": text, "toponyms": [toponym]})
    return articles


def demonym(name: str) -> bool:
    return name.endswith(("ian", "ians", "ish", "ese", "can", "cans", "eli", "elis", "aqi", "aqis"))


def mention_rows(locator: Locator, articles: list[dict]) -> tuple[list[dict[str, float]], list[int]]:
    rows: list[dict[str, float]] = []
    labels: list[int] = []
    for article in articles:
        for spot in locator.options(article["text"]):
            candidates = spot.options
            overlap = [g for g in article["toponyms"] if g["start"] < spot.end and spot.start < g["end"]]
            if any(demonym(g["text"]) for g in overlap):
                continue
            row = dict.fromkeys(spot.signs, 1.0) | {"bias": 1.0}
            if len(candidates):
                row |= {"log_population": candidates.facts.fixed[0, 0], "country": candidates.facts.fixed[0, 1]}
            rows.append(row)
            labels.append(int(bool(overlap)))
    return rows, labels


def fit_mentions(locator: Locator, articles: list[dict], only: set[str]) -> dict[str, float]:
    rows, labels = mention_rows(locator, articles)
    old = {name: value for name, value in locator.weights["mention"].items() if name != "threshold"}
    names = sorted({name for row in rows for name in row} | set(old))
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    target = np.array(labels, dtype=float)
    start = np.array([old.get(name, 0.0) for name in names])
    free = np.array([name in only if only else name not in FIXED_MENTION for name in names])
    weights = start.copy()
    pull = PRIOR * math.sqrt(len(rows))
    for _ in range(60):
        belief = 1 / (1 + np.exp(-matrix @ weights))
        gradient = matrix.T @ (belief - target) + pull * (weights - start)
        curvature = (matrix * (belief * (1 - belief))[:, None]).T @ matrix + pull * np.eye(len(names))
        step = np.linalg.solve(curvature[np.ix_(free, free)], gradient[free])
        weights[free] -= np.clip(step, -1, 1)
    return dict(zip(names, weights.tolist(), strict=True))


def ranking_rows(locator: Locator, articles: list[dict]) -> list[tuple[np.ndarray, int]]:
    rows: list[tuple[np.ndarray, int]] = []
    for article in articles:
        for spot, referent in locator.weigh(report_of(article)):
            gold = [g for g in article["toponyms"] if g["start"] < spot.end and spot.start < g["end"]]
            if not gold or len(referent.candidates) < 2 or demonym(gold[0]["text"]):
                continue
            distance = kilometres(gold[0]["lat"], gold[0]["lon"], referent.candidates.facts.point)
            best = int(np.argmin(distance))
            if distance[best] <= RIGHT_KM and len(referent.matrix):
                rows.append((referent.matrix, best))
    return rows


def fit_ranking(locator: Locator, articles: list[dict], *, wars: bool = False) -> dict[str, float]:
    rows = ranking_rows(locator, articles)
    old = locator.weights["place"]
    start = np.array([old.get(name, 0.0) for name in COLUMNS])
    free = np.array([name in IN_WAR if wars else name not in FIXED_PLACE | IN_WAR for name in COLUMNS])
    weights = start.copy()
    pull = PRIOR * math.sqrt(len(rows))
    for _ in range(40):
        gradient = pull * (weights - start)
        curvature = pull * np.eye(len(COLUMNS))
        for matrix, best in rows:
            utility = matrix @ weights
            share = np.exp(utility - utility.max())
            share /= share.sum()
            mean = share @ matrix
            gradient += mean - matrix[best]
            curvature += (matrix * share[:, None]).T @ matrix - np.outer(mean, mean)
        step = np.linalg.solve(curvature[np.ix_(free, free)], gradient[free])
        weights[free] -= np.clip(step, -1, 1)
    return dict(zip(COLUMNS, weights.tolist(), strict=True))


def fit_nil(gazetteer: Gazetteer, weights: dict[str, dict[str, float]], articles: list[dict]) -> float:
    """Return the greatest utility of NIL that costs no right answer."""
    rights: list[int] = []
    for nil in range(8):
        locator = Locator(gazetteer, weights=updated(weights, "place", {"nil": float(nil)}))
        right = 0
        for article in articles:
            for one in locator.locate(report_of(article)):
                gold = [g for g in article["toponyms"] if g["start"] < one.end and one.start < g["end"]]
                point = None if one.lat is None else unit(one.lat, one.lon)
                right += (
                    bool(gold) and point is not None and kilometres(gold[0]["lat"], gold[0]["lon"], point)[0] <= 161
                )
        rights.append(right)
        print(f"nil {nil}: {right} right")
    return float(max(nil for nil, right in enumerate(rights) if right == max(rights)))


def score_rows(locator: Locator, articles: list[dict], near: float) -> list[tuple[list[float], int]]:
    rows: list[tuple[list[float], int]] = []
    for article in articles:
        war = float(locator.of_war(article["text"]))
        found = locator.locate(report_of(article), masks=article.get("masks", ()))
        weighed = locator.weigh(report_of(article), masks=article.get("masks", ()))
        for one, (spot, referent) in zip(found, weighed, strict=True):
            if one.place_id is None:
                continue
            gold = [g for g in article["toponyms"] if g["start"] < one.end and one.start < g["end"]]
            if not gold and article.get("sparse"):
                continue
            points = referent.candidates.facts.point
            chosen = [place.place_id for place in referent.candidates.places].index(one.place_id)
            share = min(1.0, float(referent.shares[points @ points[chosen] > SAME_GROUND].sum()))
            right = bool(gold) and kilometres(gold[0]["lat"], gold[0]["lon"], points[chosen : chosen + 1])[0] <= near
            rows.append(([1.0, log_odds(spot.belief), log_odds(share), war], int(right)))
    return rows


def fit_scores(rows: list[tuple[list[float], int]], start: list[float]) -> dict[str, float]:
    matrix = np.array([row for row, _ in rows])
    target = np.array([label for _, label in rows], dtype=float)
    weights, old = np.array(start), np.array(start)
    for _ in range(60):
        belief = 1 / (1 + np.exp(-matrix @ weights))
        gradient = matrix.T @ (belief - target) + (weights - old)
        curvature = (matrix * (belief * (1 - belief))[:, None]).T @ matrix + np.eye(len(start))
        weights -= np.clip(np.linalg.solve(curvature, gradient), -0.5, 0.5)
    return dict(zip(SCORE, weights.tolist(), strict=True))


def dev_articles(path: str) -> list[dict]:
    with Path(__file__).with_name("places_dev.csv").open(encoding="utf-8", newline="") as lines:
        points = {row["place_text"]: row for row in csv.DictReader(lines)}
    actors = ActorIndex.load()
    articles = []
    for passage in (one for one in read(path) if one["id"][-1] not in "0369"):
        named = sorted({(claim["place_start"], claim["place_text"]) for claim in passage["claims"]})
        toponyms = [
            {"start": at, "end": at + len(text), "text": text, "lat": float(point["lat"]), "lon": float(point["lon"])}
            for at, text in named
            if (point := points.get(text))
        ]
        masks = actors.masks(passage["text"])
        articles.append(passage | {"toponyms": toponyms, "masks": masks, "sparse": True})
    return articles


def updated(old: dict[str, dict[str, float]], group: str, new: dict[str, float]) -> dict[str, dict[str, float]]:
    return old | {group: old[group] | {name: round(value, 2) for name, value in new.items()}}


def fit_choices(
    gazetteer: Gazetteer, first: dict[str, dict[str, float]], articles: list[dict], *, wars: bool, only: set[str]
) -> dict[str, dict[str, float]]:
    """Fit both choices in rounds; only some signs, or only what reports of war show."""
    weights = {group: dict(table) for group, table in first.items()}
    locator = Locator(gazetteer, weights=first)
    for _ in range(ROUNDS):
        locator.weights = weights
        if not only:
            weights = updated(weights, "place", fit_ranking(locator, articles, wars=wars))
        locator.weights = first
        if not wars:
            weights = updated(weights, "mention", fit_mentions(locator, articles, only))
    return weights


def write(weights: dict[str, dict[str, float]]) -> None:
    path = data_path("places", "weights.toml")
    head = path.read_text(encoding="utf-8").partition("[mention]")[0]
    groups = [
        f"[{group}]\n" + "\n".join(f"{name} = {value}" for name, value in table.items())
        for group, table in weights.items()
    ]
    Path(path).write_text(head + "\n\n".join(groups) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("--dev", help="dev passages, for --scores")
    parser.add_argument("--scores", action="store_true", help="fit the scores alone")
    parser.add_argument("--wars", action="store_true", help="fit what only reports of war show")
    parser.add_argument("--nil", action="store_true", help="fit the utility of NIL alone")
    parser.add_argument("--only", default="", help="signs to be fitted alone")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    articles = read(asked.gold)[::2]
    gazetteer = Gazetteer.load()
    if asked.nil:
        print("nil", fit_nil(gazetteer, Locator(gazetteer).weights, articles))
        return
    if asked.scores:
        locator = Locator(gazetteer)
        actors = ActorIndex.load()
        masked = [article | {"masks": actors.masks(article["text"])} for article in articles]
        rows = score_rows(locator, masked, 161.0)
        rows += score_rows(locator, dev_articles(asked.dev), 10.0) if asked.dev else []
        fitted = fit_scores(rows, [0.0, 1.0, 1.0, 0.0])
        print(len(rows), {name: round(value, 2) for name, value in fitted.items()})
        if asked.write:
            write(updated({group: dict(table) for group, table in locator.weights.items()}, "score", fitted))
        return
    weights = {group: dict(table) for group, table in Locator(gazetteer).weights.items()}
    only = set(filter(None, asked.only.split(",")))
    fitted = fit_choices(gazetteer, weights, war_articles() if asked.wars else articles, wars=asked.wars, only=only)
    for group, table in fitted.items():
        for name, value in table.items():
            print(f"{group}.{name}: {weights[group].get(name, 0.0):+.2f} -> {value:+.2f}")
    if asked.write:
        write(fitted)


if __name__ == "__main__":
    main()
