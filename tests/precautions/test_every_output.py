"""In no file of any format stands what is held back."""

import datetime as dt
import hashlib
import io
import json
import re
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from click.testing import CliRunner

from tracker.cli import conflicts, diff, explain, export, extract, fuse, list_, report, run, timeline
from tracker.cli import map as map_verb
from tracker.errors import InputError, UsageError
from tracker.exports import FORMATS
from tracker.jsonl import dump_line, load_line
from tracker.ledger import Ledger, Reading
from tracker.model import Claim, Judgement, Report
from tracker.pipeline import Stages
from tracker.places import Gazetteer
from tracker.precautions import coarse_point

SAMPLE = Path(__file__).parents[2] / "maps" / "deir-ezzor-2017-09-05" / "report.md"
HIDDEN, CITY, RAQQA = "tk:sy-dez-brigade-137", "gn:170794", "gn:172955"
SECRETS = ("brigade-137", "brigade 137", "liwa 137", "white van", "too young", "secret bulletin")
ROWS = (  # place, day, mention, sentence, report
    (CITY, "2017-08-01", "Deir ez-Zor", "The army held on to the west of Deir ez-Zor.", "r-1"),
    (HIDDEN, "2017-08-01", "Liwa 137", "Soldiers in a white van drove into Liwa 137.", "r-1"),
    (RAQQA, "2017-08-02", "Raqqa", "The army took Raqqa with men from Liwa 137.", "r-2"),
    (RAQQA, "2017-08-03", "Raqqa", "The army keeps Raqqa, a secret bulletin says.", "r-secret"),
    (CITY, "2017-08-28", "Deir ez-Zor", "The army took Deir ez-Zor, but this is too young to tell.", "r-3"),
)


@pytest.fixture(scope="session")
def places():
    return Gazetteer.load()


@pytest.fixture(scope="session")
def folder(tmp_path_factory, places):
    """Return a folder with claims and a list of what to hide."""
    made = tmp_path_factory.mktemp("held-back")
    lines = []
    for number, (place_id, day, mention, quote, report_id) in enumerate(ROWS):
        place = places.get(place_id)
        row = {
            "claim_id": f"c-{number}", "report_id": report_id, "kind": "gains", "actor": "syrian_government",
            "actor_text": "The army", "counter_actor": None,
            "place": {"place_id": place_id, "name": place.name, "text": mention, "start": 0, "end": 1,
                      "lat": place.lat, "lon": place.lon, "feature": place.feature, "score": 1.0},
            "part": None, "fraction": None, "distance_m": None, "bearing_deg": None, "valid_time": day,
            "valid_from": day, "valid_to": f"{day[:8]}{int(day[8:]) + 1:02d}", "modality": "asserted", "cue": None,
            "attributed_to": None, "quote": quote, "quote_start": 0, "quote_end": len(quote), "rule": "r",
            "backend": "hand", "extractor": "hand", "confidence": 0.9, "published": day, "source": "Wire",
            "url": f"https://example.org/{mention.lower().replace(' ', '-')}", "title": mention,
        }  # fmt: skip
        lines.append(dump_line(load_line(json.dumps(row), Claim)))
    (made / "claims.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (made / "hide.txt").write_text(f"place {HIDDEN}\nreport r-secret\n", encoding="utf-8")
    return made


def called(verb, *words):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        done = CliRunner().invoke(verb.command, [str(w) for w in words], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.output


def held_back(folder, verb, *words):
    held = ["--claims", folder / "claims.jsonl", "--embargo", 14, "--coarsen", 10, "--suppress", folder / "hide.txt"]
    return called(verb, *words, *held)


def texts_of(path):
    """Return all that a file says, unpacked."""
    path = Path(path)
    if path.is_dir():
        return "".join(texts_of(p) for p in sorted(path.iterdir()))
    if path.suffix == ".parquet":
        return str(pq.read_table(path).drop(["geometry"]).to_pylist())
    body = path.read_bytes()
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return body.decode("utf-8", "replace")


def tells(text):
    return [secret for secret in (*SECRETS, HIDDEN) if secret in text.lower().replace("_", " ").replace("\\/", "/")]


@pytest.fixture(scope="session")
def written(folder, tmp_path_factory):
    """Return the path of what was written in every format."""
    out = tmp_path_factory.mktemp("out")
    paths = {}
    for name, form in FORMATS.items():
        paths[name] = out / f"{name}{form.suffix}"
        held_back(folder, export, "--format", name, "--out", paths[name])
    for name in ("page.html", "picture.svg"):
        paths[name] = out / name
        held_back(folder, map_verb, "--out", paths[name])
    paths["report"] = out / "report.html"
    held_back(folder, report, "--out", paths["report"])
    paths["diff"] = out / "diff.geojson"
    held_back(folder, diff, "2017-07-01", "2017-08-20", "--format", "geojson", "--out", paths["diff"])
    return paths


OUTPUTS = [*FORMATS, "page.html", "picture.svg", "report", "diff"]


@pytest.mark.parametrize("name", OUTPUTS)
def test_no_output_names_what_is_hidden_or_too_young(written, name):
    text = texts_of(written[name])
    if name == "qgis":
        text += texts_of(written[name].with_suffix(".gpkg"))
    assert tells(text) == []
    assert "Raqqa" in text or name == "picture.svg"  # where two labels would meet, one is left out


@pytest.mark.parametrize("name", OUTPUTS)
def test_no_output_tells_exact_coordinates(written, name, places):
    text = texts_of(written[name])
    for place_id in (HIDDEN, CITY, RAQQA):
        place = places.get(place_id)
        assert f"{place.lat:.3f}" not in text
        assert f"{place.lon:.3f}" not in text


@pytest.mark.parametrize("name", ["geojson", "gpkg", "flatgeobuf", "kml", "shapefile"])
def test_no_geometry_has_a_vertex_or_middle_at_the_place_itself(written, name, places):
    exact = [shapely.Point(places.get(p).lon, places.get(p).lat) for p in (HIDDEN, CITY, RAQQA)]
    for layer, kind in pyogrio.list_layers(written[name]):
        if kind is None or layer.startswith("base_"):
            continue
        for shape in pyogrio.read_dataframe(written[name], layer=layer).geometry:
            points = [*map(shapely.Point, shapely.get_coordinates(shape)), shapely.centroid(shape)]
            assert min(p.distance(q) for p in points for q in exact) > 1e-4


def test_the_day_that_is_told_is_the_last_before_the_embargo(written, places):
    told = json.loads(written["geojson"].read_text(encoding="utf-8"))
    assert told["span"]["known_by"] == told["span"]["end"] == "2017-08-14"  # a fortnight before the 28th
    city = next(f for f in told["features"] if f["properties"]["place_id"] == CITY)
    here = places.get(CITY)
    assert (city["properties"]["lon"], city["properties"]["lat"]) == coarse_point(here.lon, here.lat, 10)


def test_a_reader_is_told_that_something_is_held_back(written):
    for name in OUTPUTS:
        text = " ".join(re.sub(r"<!--|-->|<[^>]+>|\0", " ", texts_of(written[name])).split())
        for note in ("The last 14 days are held back.", "grid of 10 km", "Some places or sentences are withheld."):
            assert note in text, name


def test_a_run_writes_none_of_it_either(tmp_path):
    (tmp_path / "hide.txt").write_text(f"place {HIDDEN}\nwords 15 kilometres away\n", encoding="utf-8")
    out = called(run, SAMPLE, "--out", tmp_path / "out", "--suppress", tmp_path / "hide.txt", "--coarsen", 20)
    assert "rigade 137" not in out
    for path in (tmp_path / "out").iterdir():
        text = texts_of(path)
        assert "rigade 137" not in text, path.name
        assert HIDDEN not in text
        assert "15 kilometres away" not in text


def test_a_picture_that_is_asked_for_later_stops_at_the_embargo(folder, tmp_path):
    held_back(folder, map_verb, "--on", "2017-08-20", "--known-by", "2017-08-28", "--out", tmp_path / "p.svg")
    text = (tmp_path / "p.svg").read_text(encoding="utf-8")
    assert "14 August 2017" in text
    assert "20 August 2017" not in text


@pytest.mark.parametrize(
    ("given", "held", "said"),
    [
        ("--layer", ("--embargo", 3), "--embargo needs the claims"),
        ("--layer", ("--coarsen", 3), "--coarsen needs claims"),
        ("--states", ("--embargo", 3), "--embargo needs the claims"),
        ("--states", ("--suppress", "hide.txt"), "names a report"),
    ],
)
def test_what_can_no_longer_be_guarded_is_refused(folder, tmp_path, given, held, said):
    held = [folder / word if word == "hide.txt" else word for word in held]
    (tmp_path / "x").write_text("")
    with pytest.raises(UsageError, match=said):
        called(export, given, tmp_path / "x", *held, "--out", tmp_path / "x.kml")
    assert not (tmp_path / "x.kml").exists()


def test_a_layer_that_was_drawn_already_loses_hidden_places_and_words(folder, tmp_path):
    plain, shown = tmp_path / "plain.geojson", tmp_path / "shown.geojson"
    called(export, "--claims", folder / "claims.jsonl", "--out", plain)
    assert HIDDEN in tells(plain.read_text(encoding="utf-8"))
    (tmp_path / "hide.txt").write_text(f"place {HIDDEN}\nwords liwa 137\n", encoding="utf-8")
    called(export, "--layer", plain, "--suppress", tmp_path / "hide.txt", "--out", shown)
    called(export, "--layer", shown, "--out", tmp_path / "again.geojson")
    assert "Some places or sentences are withheld." in (tmp_path / "again.geojson").read_text(encoding="utf-8")
    assert {"brigade 137", "liwa 137", HIDDEN}.isdisjoint(tells(shown.read_text(encoding="utf-8")))


def test_states_of_hidden_places_are_left_out(folder, tmp_path):
    claims = [load_line(line, Claim) for line in (folder / "claims.jsonl").read_text("utf-8").splitlines()]
    states = Stages().fuse(claims)
    assert HIDDEN in {s.place_id for s in states}
    (tmp_path / "states.jsonl").write_text("".join(dump_line(s) + "\n" for s in states), encoding="utf-8")
    (tmp_path / "hide.txt").write_text(f"place {HIDDEN}\n", encoding="utf-8")
    held = ("--suppress", tmp_path / "hide.txt")
    called(export, "--states", tmp_path / "states.jsonl", *held, "--out", tmp_path / "x.csv")
    assert tells((tmp_path / "x.csv").read_text(encoding="utf-8")) == []


@pytest.fixture(scope="session")
def ledger(folder):
    """Return a ledger with the same claims, and one judgement of a sentence about the hidden place."""
    path = folder / "held.ledger"
    claims = [load_line(line, Claim) for line in (folder / "claims.jsonl").read_text("utf-8").splitlines()]
    with Ledger.create(path) as made:
        for report_id in sorted({c.report_id for c in claims}):
            told = tuple(c for c in claims if c.report_id == report_id)
            text = " ".join(c.quote for c in told)
            read = Report(
                report_id=report_id, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), source="Wire",
                title=told[-1].title, url=told[-1].url, published=told[0].published,
            )  # fmt: skip
            made.add([Reading(report=read, claims=told)], extractor="hand")
        about = next(c for c in made.claims() if c.place.place_id == HIDDEN)
        for claim_id, note in ((about.claim_id, "seen"), (_of(made, RAQQA).claim_id, "not Liwa 137")):
            made.judge(_accepted(claim_id, note))
    return path


def _of(ledger, place_id):
    return next(c for c in ledger.claims() if c.place.place_id == place_id and c.report_id == "r-2")


def _accepted(claim_id, note):
    row = {"judgement_id": f"j-{claim_id}", "target": claim_id, "verdict": "accept", "judged_by": "Anna",
           "judged_on": "2017-09-01T00:00:00Z", "corrections": {}, "note": note}  # fmt: skip
    return load_line(json.dumps(row), Judgement)


def printed_from(folder, ledger, verb, words):
    """Return what a verb prints with everything held back: records from a file, lists from the ledger."""
    held = ["--embargo", 14, "--coarsen", 10, "--suppress", folder / "hide.txt"]
    claims = folder / "claims.jsonl"
    given = {fuse: [claims], list_: ["--ledger", ledger]}.get(verb, ["--claims", claims])
    return called(verb, *words, *given, *held)


PRINTED = [
    (explain, ("Raqqa", "--on", "2017-08-28")),
    (timeline, ("Raqqa",)),
    (timeline, ("Raqqa", "--json")),
    (fuse, ()),
    (list_, ("claims",)),
    (list_, ("reports",)),
    (list_, ("judgements",)),
]


@pytest.mark.parametrize(("verb", "words"), PRINTED)
def test_no_verb_prints_what_is_hidden_or_too_young_or_exact(folder, ledger, places, verb, words):
    text = printed_from(folder, ledger, verb, words)
    assert text
    assert tells(text) == []
    for place in map(places.get, (HIDDEN, CITY, RAQQA)):
        assert str(place.lat) not in text
        assert str(place.lon) not in text
    assert "r-2" in text or "2017-08-02" in text or "c-2" in text
    assert "2017-08-28" not in text
    assert "c-4" not in text


@pytest.mark.parametrize("verb", [explain, timeline])
def test_a_hidden_place_is_as_unknown_as_one_never_told_of(folder, places, verb):
    words = ("--on", "2017-08-14")
    assert "Soldiers" in called(explain, HIDDEN, *words, "--claims", folder / "claims.jsonl")
    never_told = "gn:163808"
    unknown = held_back(folder, verb, never_told, *words).replace(places.get(never_told).name, "X")
    for asked in (HIDDEN, "Liwa 137"):
        assert (
            held_back(folder, verb, asked, *words).replace(places.get(HIDDEN).name, "X").replace(HIDDEN, never_told)
            == unknown
        )


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_no_conflict_is_listed_of_a_hidden_place_or_of_days_too_young(folder, tmp_path, form):
    claims = [load_line(line, Claim) for line in (folder / "claims.jsonl").read_text("utf-8").splitlines()]
    before = [  # the same places in other hands in July, so that one source alone tells of each change
        replace(c, claim_id=f"c-before-{c.claim_id}", actor="islamic_state", quote="Islamic State took it.",
                valid_time="2017-07-01", valid_from=dt.date(2017, 7, 1), valid_to=dt.date(2017, 7, 2),
                published=dt.date(2017, 7, 1), report_id="r-before")
        for c in claims
    ]  # fmt: skip
    path = tmp_path / "claims.jsonl"
    path.write_text("".join(dump_line(c) + "\n" for c in [*before, *claims]), encoding="utf-8")
    asked = ("--claims", path, "--on", "2017-08-28", *form)
    plain = called(conflicts, *asked)
    text = called(conflicts, *asked, "--embargo", 14, "--coarsen", 10, "--suppress", folder / "hide.txt")
    assert HIDDEN in plain
    assert HIDDEN not in text
    assert RAQQA in plain
    assert RAQQA in text
    assert tells(text) == []
    assert "2017-08-28" not in text


def test_extracted_claims_are_held_back_alike(tmp_path, places):
    (tmp_path / "hide.txt").write_text(f"place {HIDDEN}\n", encoding="utf-8")
    plain = called(extract, SAMPLE)
    text = called(extract, SAMPLE, "--suppress", tmp_path / "hide.txt", "--coarsen", 10)
    assert "rigade 137" in plain
    assert "rigade 137" not in text
    assert str(places.get(CITY).lat) in plain
    assert str(places.get(CITY).lat) not in text
    assert called(extract, SAMPLE, "--embargo", 0) == plain


@pytest.mark.parametrize(
    ("verb", "words", "said"),
    [
        (list_, ("resolutions",), "nothing can be held back from resolutions"),
        (list_, ("places",), "nothing can be held back from places"),
        (list_, ("runs",), "nothing can be held back from runs"),
        (extract, (SAMPLE, "--explain"), "--explain shows every sentence"),
        (explain, ("Raqqa", "--on", "2017-08-28", "--states", SAMPLE), "--embargo needs the claims"),
    ],
)
def test_what_a_verb_can_not_guard_it_refuses(verb, words, said):
    with pytest.raises(UsageError, match=said):
        called(verb, *words, "--embargo", 3)


@pytest.mark.parametrize(("verb", "words"), [*PRINTED, (extract, (SAMPLE,))])
def test_a_slip_in_what_is_to_be_held_back_stops_every_verb(folder, ledger, tmp_path, verb, words):
    (tmp_path / "slip.txt").write_text("place tk:no-such-place\n", encoding="utf-8")
    claims = folder / "claims.jsonl"
    given = {fuse: [claims], list_: ["--ledger", ledger], extract: []}.get(verb, ["--claims", claims])
    with pytest.raises(InputError, match="no-such-place"):
        called(verb, *words, *given, "--suppress", tmp_path / "slip.txt")
    for held in (("--embargo", -1), ("--coarsen", 0)):
        with pytest.raises(UsageError):
            called(verb, *words, *given, *held)
