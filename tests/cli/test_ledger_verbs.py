"""init, add, list, status, review, judge, check, timeline, conflicts and explain around one ledger."""

from __future__ import annotations

import hashlib
import importlib
import json
from dataclasses import replace

import click
import pytest
from click.testing import CliRunner

from tracker.cli import add, check, conflicts, explain, fuse, init, judge, list_, review, status, timeline
from tracker.cli._sources import reports_from
from tracker.errors import InputError, LedgerError, UnknownActorError, UnknownPlaceError, UsageError
from tracker.jsonl import load_line
from tracker.ledger import Ledger, Reading
from tracker.model import Claim, Report, claim_id_of

TEXT = "The army took Dolna on Thursday. Rebels said they still hold Dolna."


@pytest.fixture
def ledger(tmp_path, monkeypatch) -> str:
    path = str(tmp_path / "a.ledger")
    monkeypatch.setenv("TRACKER_LEDGER", path)
    monkeypatch.setenv("TRACKER_JUDGE", "Anna")
    assert run(init, path).exit_code == 0
    report = Report(
        report_id="r", text=TEXT, sha256=hashlib.sha256(TEXT.encode()).hexdigest(), source="AFP", title="Dolna"
    )
    claims = [made("gains", "army", 14, 0, 32), made("holds", "rebels", 61, 33, len(TEXT))]
    with Ledger(path) as open_ledger:
        open_ledger.add([Reading(report=report, claims=tuple(claims))], extractor="hand")
    return path


def made(kind: str, actor: str, place_start: int, start: int, end: int) -> Claim:
    row = {
        "claim_id": "", "report_id": "r", "kind": kind, "actor": actor, "actor_text": actor, "counter_actor": None,
        "place": {"place_id": "tk:dolna", "name": "Dolna", "text": "Dolna", "start": place_start,
                  "end": place_start + 5, "score": 0.9},
        "part": None, "fraction": None, "distance_m": None, "bearing_deg": None, "valid_time": "2016-12-22",
        "valid_from": "2016-12-22", "valid_to": "2016-12-23", "modality": "asserted", "cue": None,
        "attributed_to": None, "quote": TEXT[start:end], "quote_start": start, "quote_end": end, "rule": "r",
        "backend": "hand", "extractor": "hand", "confidence": 0.9, "published": "2016-12-23", "source": "AFP",
    }  # fmt: skip
    first = load_line(json.dumps(row), Claim)
    return load_line(json.dumps({**row, "claim_id": claim_id_of(first)}), Claim)


def run(verb, *args: str, **more):
    return CliRunner().invoke(verb.command, list(args), standalone_mode=False, **more)


def claim_ids(ledger: str) -> dict[str, str]:
    with Ledger(ledger) as open_ledger:
        return {c.actor or "": c.claim_id for c in open_ledger.claims()}


def test_a_second_init_leaves_the_ledger_alone(ledger) -> None:
    assert isinstance(run(init, ledger).exception, LedgerError)


def test_status_and_list_tell_what_is_there(ledger) -> None:
    assert "1 reports" in run(status).stdout
    assert "2 claims about 1 places" in run(status).stdout
    assert [json.loads(line)["title"] for line in run(list_).stdout.splitlines()] == ["Dolna"]
    assert {json.loads(line)["actor"] for line in run(list_, "claims").stdout.splitlines()} == {"army", "rebels"}
    assert [json.loads(line)["place_id"] for line in run(list_, "places").stdout.splitlines()] == ["tk:dolna"]
    assert [json.loads(line) for line in run(list_, "runs").stdout.splitlines()] == [{"extractor": "hand"}]
    assert isinstance(run(list_, "claims", "--run", "none").exception, UsageError)
    assert isinstance(run(list_, "reports", "--run", "hand").exception, UsageError)


def test_a_sound_ledger_passes_its_check(ledger) -> None:
    result = run(check)
    assert (result.return_value, result.stdout) == (0, "")


def test_a_rejected_claim_is_obeyed_and_shown_and_an_undo_restores_it(ledger) -> None:
    asked = (explain, "Dolna", "--on", "2017-01-01")
    before = run(*asked).stdout
    assert "one_of" in before
    judgement = run(judge, claim_ids(ledger)["rebels"], "reject", "--note", "misread").stdout.strip()
    rejected = run(*asked).stdout
    assert "held by army" in rejected
    assert "by Anna" in rejected
    assert "misread" in rejected
    assert run(judge, judgement, "undo").exit_code == 0
    assert run(*asked).stdout == before


def test_judge_refuses_what_it_can_not_do(ledger) -> None:
    army = claim_ids(ledger)["army"]
    for args in (
        ("c-none", "accept"), ("j-none", "undo"), (army, "correct"), (army, "accept", "--set", "actor=x"),
        ("tk:dolna@2016-12-25", "accept", "--set", "holder=sdf"), ("tk:dolna@2001", "reject"), ("r#999", "accept"),
        ("tk:dolna@2016-12-25", "correct", "--set", "status=lost"), ("r#14", "correct", "--set", "actor=sdf"),
        (army, "correct", "--set", "quote=x"), (army, "correct", "--set", "kind=eats"), (army, "correct", "--set", "x"),
        (army, "accept", "--by", ""), (army, "accept", "--by", " "),
    ):  # fmt: skip
        assert isinstance(run(judge, *args).exception, UsageError), args
    assert run(list_, "judgements").stdout == ""


def test_judge_refuses_places_and_sides_that_nobody_knows(ledger) -> None:
    army = claim_ids(ledger)["army"]
    assert isinstance(run(judge, army, "correct", "--set", "place_id=gn:0").exception, UnknownPlaceError)
    assert isinstance(run(judge, army, "correct", "--set", "actor=amry").exception, UnknownActorError)


def test_a_state_is_decided_from_a_script_and_the_undo_restores_it(ledger) -> None:
    asked = (timeline, "Dolna")
    before = run(*asked).stdout
    made = run(judge, "tk:dolna@2017-01-01/2017-01-31", "correct", "--set", "holder=sdf", "--note", "film")
    assert "2017-01-01 to 2017-02-01 held sdf" in run(*asked).stdout
    shown = run(explain, "Dolna", "--on", "2017-01-15").stdout
    assert "Decided to be held by SDF, by Anna" in shown
    assert "correct tk:dolna@2017-01-01/2017-01-31 (holder=sdf) by Anna" in shown
    run(judge, made.stdout.strip(), "undo")
    assert run(*asked).stdout == before
    rejected = run(judge, "tk:dolna@2016-12-22/..", "reject").stdout.strip()
    assert "to now        unknown" in run(*asked).stdout
    run(judge, rejected, "undo")
    assert run(*asked).stdout == before


def test_a_mention_is_decided_from_a_script_and_moves_its_claims(ledger) -> None:
    made = run(judge, "r#14", "correct", "--set", "place_id=gn:170794").stdout.strip()
    assert "held army" in run(timeline, "Deir ez-Zor").stdout
    assert "held rebels" in run(timeline, "Dolna").stdout
    run(judge, made, "undo")
    assert "one_of army / rebels" in run(timeline, "Dolna").stdout


def test_a_project_s_own_sources_are_obeyed_by_every_verb_that_fuses(ledger, tmp_path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text('[[source]]\nid = "afp"\nreliability = "E"\n')
    claims = tmp_path / "claims.jsonl"
    claims.write_text(run(list_, "claims").stdout)
    asked = ("Dolna", "--on", "2017-01-01")
    assert "weight 0.73" in run(explain, *asked).stdout
    assert "weight 0.26" in run(explain, *asked, "--sources", str(own)).stdout
    assert run(timeline, "Dolna", "--json").stdout != run(timeline, "Dolna", "--json", "--sources", str(own)).stdout
    assert run(fuse, str(claims)).stdout != run(fuse, str(claims), "--sources", str(own)).stdout
    (tmp_path / "sources.toml").write_text(own.read_text())  # beside the ledger it needs no option
    assert "weight 0.26" in run(explain, *asked).stdout
    for verb in ("run", "map", "export", "report", "diff", "conflicts", "review", "status", "judge", "fuse"):
        command = importlib.import_module(f"tracker.cli.{verb}").command
        assert "--sources" in [name for option in command.params for name in option.opts], verb


def test_both_clocks_are_asked_everywhere_in_the_same_words(ledger) -> None:
    both = {"run", "fuse", "explain", "timeline", "conflicts", "map", "export", "status", "list"}
    for verb in (*both, "diff", "report", "review"):
        module = importlib.import_module(f"tracker.cli.{'list_' if verb == 'list' else verb}")
        options = {name for option in module.command.params for name in option.opts}
        assert "--known-by" in options, verb
        assert verb not in both or "--on" in options, verb
    assert run(explain, "Dolna", "--on", "2016-12").stdout.startswith("Dolna (tk:dolna) on 2016-12-31")
    assert "1 one_of" in run(status, "--on", "2016").stdout
    assert "0 reports" in run(status, "--known-by", "2016-11").stdout
    assert run(list_, "claims", "--on", "2016-12-22").stdout.count("\n") == 2
    assert run(list_, "claims", "--on", "2016-12-23").stdout == ""
    assert isinstance(run(list_, "reports", "--on", "2016").exception, UsageError)
    assert run(timeline, "Dolna", "--on", "2015").stdout == ""
    assert run(timeline, "Dolna", "--on", "2017").stdout.count("one_of") == 1
    assert run(list_, "claims", "--known-by", "2016-12-22").stdout == ""
    for wrong in ("2016-13", "yesterday", "2016-02-30", "2016-02-01/.."):
        assert isinstance(run(explain, "Dolna", "--on", wrong).exception, click.BadParameter), wrong


def test_review_lists_what_hangs_on_a_claim(ledger) -> None:
    result = run(review, "--list")
    assert result.exit_code == 0
    assert {line.split()[0] for line in result.stdout.splitlines() if line.startswith("c-")} == set(
        claim_ids(ledger).values()
    )


def test_review_on_a_terminal_records_and_takes_back(ledger, monkeypatch) -> None:
    monkeypatch.setattr("tracker.cli.review.sys", type("T", (), {"stdin": type("I", (), {"isatty": lambda: True})}))
    result = run(review, input="u\nr\nu\na\nc\n\nrebels2\n\n\n\nc\nDeir ez-Zor\n1\nsdf\n\n\n\nq\n")
    assert result.exit_code == 0, result.output
    assert "nothing was decided in this sitting" in result.output
    assert "not recorded: no actor 'rebels2'" in result.output
    verdicts = [json.loads(line) for line in run(list_, "judgements").stdout.splitlines()]
    assert sorted(v["verdict"] for v in verdicts) == ["accept", "correct", "reject", "undo"]
    (corrected,) = [v for v in verdicts if v["verdict"] == "correct"]
    assert corrected["corrections"] == {"actor": "sdf", "place_id": "gn:170794"}
    assert {v["judged_by"] for v in verdicts} == {"Anna"}


def test_timeline_and_conflicts_speak_of_the_disagreement(ledger) -> None:
    assert "2016-12-22 to now        one_of army / rebels" in run(timeline, "Dolna").stdout
    found = run(conflicts, "--on", "2017-01-01")
    assert found.return_value == 1
    assert "sources disagree: Dolna (tk:dolna), since 2016-12-22" in found.stdout
    assert run(conflicts, "--on", "2016-01-01").return_value == 0


def test_a_place_is_found_in_any_spelling_that_the_gazetteer_has(ledger) -> None:
    run(judge, "r#14", "correct", "--set", "place_id=gn:170794")
    for spelling in ("Deir Ezzor", "دير الزور", "Dayr az Zawr", "gn:170794"):
        assert "held army" in run(timeline, spelling).stdout, spelling
        assert "held by army" in run(explain, spelling, "--on", "2017-01-01").stdout


def test_of_a_place_that_is_known_and_not_spoken_of_nothing_is_told(ledger) -> None:
    told = run(explain, "Palmyra", "--on", "2017-01-01")
    assert (told.exit_code, told.stdout) == (0, "Palmyra (gn:163808) on 2017-01-01\n  No report speaks of it.\n")
    assert run(timeline, "Palmyra").stderr == "no report speaks of gn:163808\n"
    assert isinstance(run(timeline, "Nowhereville").exception, UnknownPlaceError)


def test_conflicts_are_those_of_the_newest_report_when_no_day_is_said(ledger) -> None:
    assert run(conflicts).stdout == run(conflicts, "--on", "2016-12-23").stdout != ""


def test_a_report_whose_id_stands_for_another_text_is_quarantined_and_the_others_are_kept(ledger, tmp_path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "r", "text": "Another text."}\n{"id": "s", "text": "SDF fighters captured Raqqa on 17 October 2017."}\n'
    )
    result = run(add, str(tmp_path / "a.jsonl"))
    assert (result.return_value, result.stdout) == (1, "1 report(s) read, 1 new, 1 quarantined\n")
    assert "the report 'r' is in the ledger with another text" in result.stderr


def test_without_a_ledger_the_message_says_how_to_name_one(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "--claims FILE or --ledger FILE" in str(run(timeline, "Dolna").exception)
    assert "tracker init" in str(run(status).exception)


def test_an_address_is_fetched_only_when_asked(ledger, monkeypatch) -> None:
    refused = run(add, "http://x.example/feed")
    assert isinstance(refused.exception, UsageError)
    assert "--fetch" in str(refused.exception)
    monkeypatch.setattr("socket.getaddrinfo", lambda host, port, **kw: [(2, 1, 6, "", (host, port))])
    private = run(add, "http://127.0.0.1/feed", "--fetch")
    assert private.exception is None
    assert (private.return_value, "private network" in private.stderr) == (1, True)


def test_a_feed_is_read_entry_by_entry_by_itself_and_in_a_folder(tmp_path) -> None:
    (tmp_path / "in").mkdir()
    feed = tmp_path / "in" / "x.rss"
    feed.write_text("<rss><channel><title>X</title><item><description>Dolna fell.</description></item></channel></rss>")
    (tmp_path / "in" / "y.xml").write_text("<table/>")
    refused: list[InputError] = []
    for source, problems in ((feed, 0), (tmp_path / "in", 0)):
        found = list(reports_from([str(source)], published=None, refused=refused, fetch_allowed=False))
        assert [(r.text, r.source) for r in found] == [("Dolna fell.", "X")]
        assert len(refused) == problems
    with pytest.raises(InputError, match=r"none\.xml"):
        list(reports_from([str(tmp_path / "none.xml")], published=None, refused=refused, fetch_allowed=False))


def test_a_polygon_of_a_baseline_is_the_gazetteer_s_places_inside_it(ledger, tmp_path) -> None:
    around = [[40.10, 35.30], [40.18, 35.30], [40.18, 35.37], [40.10, 35.37], [40.10, 35.30]]  # Deir ez-Zor
    feature = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [around]},
               "properties": {"holder": "islamic_state", "date": "2015-06-01", "source": "map of X"}}  # fmt: skip
    (tmp_path / "b.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    done = run(add, str(tmp_path / "b.geojson"), "--as", "baseline")
    assert (done.exit_code, done.return_value) == (0, 0)
    assert "held islamic_state" in run(timeline, "gn:170794").stdout
    inside = [json.loads(line) for line in run(list_, "claims").stdout.splitlines()]
    places = [c["place"] for c in inside if c["source"] == "map of X"]
    assert 1 < len(places) < 200
    assert all(40.10 <= p["lon"] <= 40.18 and 35.30 <= p["lat"] <= 35.37 for p in places)
    assert (run(check).return_value, run(check).stdout) == (0, "")


def test_review_shows_both_ways_and_offers_the_ledger_s_own_countries_first(ledger, monkeypatch) -> None:
    monkeypatch.setattr("tracker.cli.review.sys", type("T", (), {"stdin": type("I", (), {"isatty": lambda: True})}))
    run(judge, "r#14", "correct", "--set", "place_id=gn:170794")
    with Ledger(ledger) as open_ledger:  # the ledger's own places count, not those that judgements name
        spare = Report(report_id="s", text="Raqqa", sha256=hashlib.sha256(b"Raqqa").hexdigest())
        there = replace(made("holds", "army", 0, 0, 5), report_id="s")
        there = replace(there, place=replace(there.place, place_id="gn:172955", text="Raqqa", end=5), quote="Raqqa")
        open_ledger.add([Reading(report=spare, claims=(replace(there, claim_id=claim_id_of(there)),))], extractor="b")
    shown = run(review, input="c\nPalmira\n0\n\n\n\n\nq\n").output
    assert "    1  Palmyra (gn:163808), PPL, SY" in shown
    assert "which, 0 for none" in shown
    assert "with it: Held by army." in shown
    assert "valid_time [2016-12-22]" in shown
    assert run(list_, "judgements").stdout.count("\n") == 1


def test_review_says_when_nothing_wants_a_decision(ledger) -> None:
    for claim_id in claim_ids(ledger).values():
        run(judge, claim_id, "accept")
    assert run(review).stderr == "no claim wants a decision\n"
