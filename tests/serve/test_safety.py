"""Who may read, who may judge, and what a page from elsewhere can't do."""

import datetime as dt

import pytest
from click.testing import CliRunner

from tracker.cli import serve
from tracker.errors import InputError, LedgerError, UsageError
from tracker.ledger import Ledger, make_judgement
from tracker.model import Verdict
from tracker.precautions import Precautions
from tracker.serve import Holdings, Service

JUDGE = "/review/judgements"


def first_claim(client):
    return client.get("/review", params={"f": "json"}).json()["items"][0]["claim"]["claim_id"]


def judgement(client, **changes):
    return {"target": first_claim(client), "verdict": "reject", "by": "Anna", "note": "a hoax"} | changes


def bearer(token):
    return {"authorization": f"Bearer {token}"}


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8077", "127.0.0.1.evil.example", "", "[::2]", "10.0.0.1"]
)
def test_a_name_that_is_not_this_machines_is_refused(client, host) -> None:
    answer = client.get("/collections/claims/items", headers={"host": host})
    assert answer.status_code == 421
    assert answer.json()["code"] == "MisdirectedRequest"
    assert "quote" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8077", "LOCALHOST", "[::1]:8077"])
def test_this_machines_own_names_are_let_in(client, host) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_another_name_can_be_allowed(client, client_of, stages, claims_file) -> None:
    own = client_of(Service(holdings=Holdings(stages, claims=claims_file), hosts=("maps.example.org",)))
    assert own.get("/conformance", headers={"host": "maps.example.org"}).status_code == 200
    assert own.get("/conformance", headers={"host": "x.maps.example.org"}).status_code == 421


@pytest.mark.parametrize("path", ["/", "/collections", "/collections/areas/items", "/map", "/review", "/nowhere"])
def test_no_answer_may_be_read_by_a_page_from_elsewhere(client, path) -> None:
    answer = client.get(path, headers={"origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_preflight_is_answered_with_no_leave(client) -> None:
    answer = client.options("/collections", headers={"access-control-request-method": "POST"})
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_text_of_reports_is_text_on_the_review_page(client) -> None:
    answer = client.get("/review")
    assert "<script" not in answer.text
    assert "javascript:" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_a_server_without_a_token_takes_no_judgement(client, token) -> None:
    assert "<form" not in client.get("/review").text
    answer = client.post(JUDGE, json={"target": "c", "verdict": "reject", "by": "x"}, headers=bearer(token))
    assert answer.status_code == 403
    assert answer.json()["code"] == "ReadOnly"


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer wrong"}, {"authorization": "Basic x"}])
def test_a_judgement_needs_the_token(writable, ledger, headers) -> None:
    answer = writable.post(JUDGE, json=judgement(writable), headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    with Ledger(ledger, read_only=True) as kept:
        assert kept.judgements() == []


def test_a_judgement_with_the_token_is_kept_and_obeyed(writable, ledger, token) -> None:
    before = len(writable.get("/collections/areas/items").json()["features"])
    rejected = judgement(writable)
    answer = writable.post(JUDGE, json=rejected, headers=bearer(token))
    assert answer.status_code == 201
    with Ledger(ledger, read_only=True) as kept:
        (judged,) = kept.judgements()
    assert (judged.target, judged.judged_by, judged.note) == (rejected["target"], "Anna", "a hoax")
    assert rejected["target"] not in writable.get("/review").text
    assert len(writable.get("/collections/areas/items").json()["features"]) < before
    undo = {"target": judged.judgement_id, "verdict": "undo", "by": "Anna"}
    assert writable.post(JUDGE, json=undo, headers=bearer(token)).status_code == 201
    assert len(writable.get("/collections/areas/items").json()["features"]) == before


def test_the_form_of_the_page_works_without_scripts(writable, ledger, token) -> None:
    fields = judgement(writable, verdict="accept", token=token)
    answer = writable.post(JUDGE, data=fields, headers={"origin": "http://127.0.0.1:8077"}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/review"
    with Ledger(ledger, read_only=True) as kept:
        assert len(kept.judgements()) == 1


def test_a_form_on_another_site_is_refused_even_with_the_token(writable, ledger, token) -> None:
    fields = judgement(writable, token=token)
    assert writable.post(JUDGE, data=fields, headers={"origin": "https://evil.example"}).status_code == 403


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"target": "c-nobody"}, 404),
        ({"verdict": "burn"}, 400),
        ({"verdict": "correct"}, 400),
        ({"verdict": "correct", "corrections": {"quote": "x"}}, 400),
        ({"verdict": "correct", "corrections": ["x"]}, 400),
        ({"verdict": "undo", "target": "j-nobody"}, 404),
        ({"by": " "}, 400),
        ({"note": 3}, 400),
        ({"colour": "red"}, 400),
        ({"note": "x" * 20_000}, 413),
    ],
)
def test_a_judgement_that_is_none_is_refused(writable, ledger, token, changes, status) -> None:
    answer = writable.post(JUDGE, json=judgement(writable, **changes), headers=bearer(token))
    assert answer.status_code == status
    with Ledger(ledger, read_only=True) as kept:
        assert kept.judgements() == []


def test_a_body_that_is_no_judgement_is_refused(writable, token) -> None:
    assert (
        writable.post(JUDGE, content=b"{", headers=bearer(token) | {"content-type": "application/json"}).status_code
        == 400
    )
    assert writable.post(JUDGE, content=b"x", headers=bearer(token) | {"content-type": "text/plain"}).status_code == 415


def called(*words):
    done = CliRunner().invoke(serve.command, [str(w) for w in words], standalone_mode=False)
    raise done.exception


def test_wrong_use_of_the_verb_is_told(ledger, claims_file, tmp_path, token) -> None:
    with pytest.raises(UsageError, match="needs --ledger"):
        called("--claims", claims_file, "--token", token)
    with pytest.raises(UsageError, match="can be guessed"):
        called("--ledger", ledger, "--token", "short")
    with pytest.raises(InputError, match=r"nowhere\.jsonl"):
        called("--claims", tmp_path / "nowhere.jsonl", "--port", 0)
    with pytest.raises(LedgerError, match="no ledger is here"):
        called("--ledger", tmp_path / "nowhere.ledger", "--port", 0)


def test_a_judgement_on_days_under_embargo_is_not_shown_before_its_time(stages, ledger, client_of) -> None:
    signed = dt.datetime(2017, 10, 20, tzinfo=dt.UTC)
    target = "gn:170794@2017-10-10/.."
    changed = make_judgement(target, Verdict.CORRECT, by="Anna", on=signed, corrections={"holder": "islamic_state"})
    with Ledger(ledger) as kept:
        kept.judge(changed)

    def starts(precautions):
        client = client_of(Service(holdings=Holdings(stages, ledger=ledger, precautions=precautions)))
        told = client.get("/collections/areas/items").json()["features"]
        return {f["properties"]["start"] for f in told}

    assert "2017-10-10" in starts(None)
    assert "2017-10-10" not in starts(Precautions(embargo_days=30))
