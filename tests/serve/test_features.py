"""OGC API – Features, asked as its clients ask."""

import dataclasses
import hashlib
import json
from urllib.parse import urlsplit

import jsonschema
import pytest
from openapi_spec_validator import validate

from tracker.ledger import Ledger, Reading
from tracker.model import Report, claim_id_of
from tracker.precautions import Precautions, Suppression
from tracker.serve import Holdings, Service

ITEMS = "/collections/{}/items"


def items(client, name, **params):
    answer = client.get(ITEMS.format(name), params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/geo+json")
    return answer.json()


def states_of(told):
    return sorted((f["properties"]["name"], f["properties"]["start"], f["properties"]["end"]) for f in told["features"])


def test_the_landing_page_leads_to_everything(client) -> None:
    page = client.get("/").json()
    links = {link["rel"]: link for link in page["links"]}
    assert {"self", "service-desc", "conformance", "data"} <= set(links)
    for link in page["links"]:
        answer = client.get(urlsplit(link["href"]).path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].split(";")[0] == link["type"].split(";")[0]
    assert len(client.get("/conformance").json()["conformsTo"]) == 3


def test_a_browser_gets_a_page(client) -> None:
    answer = client.get("/", headers={"accept": "text/html,*/*"})
    assert answer.text.startswith("<!doctype html>")
    assert answer.text.index("/map") < answer.text.index("/conformance")  # what a person looks for comes first
    assert "sha256-" in answer.headers["content-security-policy"]


def test_the_description_of_the_api_is_valid_openapi_and_the_answers_keep_to_it(client) -> None:
    described = client.get("/api").json()
    validate(described)
    asked = {
        "landing": "/", "conformance": "/conformance", "collections": "/collections",
        "collection": "/collections/areas", "items": "/collections/areas/items", "problem": "/collections/roads",
    }  # fmt: skip
    schemas = json.loads(json.dumps(described["components"]["schemas"]).replace('"nullable": true', '"x": 1'))
    for name, path in asked.items():
        schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
        jsonschema.validate(client.get(path).json(), schema)


def test_collections_say_where_and_when_their_features_lie(client) -> None:
    told = {c["id"]: c for c in client.get("/collections").json()["collections"]}
    assert set(told) == {"areas", "places", "lines", "claims"}
    west, south, east, north = told["areas"]["extent"]["spatial"]["bbox"][0]
    assert 35 < west < 39.1
    assert 40.1 < east < 45
    assert 32 < south < 35.3 < north < 38
    assert told["claims"]["extent"]["temporal"]["interval"] == [["2017-08-01T00:00:00Z", "2017-10-18T00:00:00Z"]]
    assert told["areas"]["crs"] == ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]


def test_a_day_shows_the_states_that_hold_on_it(client) -> None:
    before = items(client, "areas", datetime="2017-09-04")
    after = items(client, "areas", datetime="2017-09-05")
    assert [f["properties"]["besieged"] for f in before["features"]] == [True]
    assert [f["properties"]["holder"] for f in after["features"]] == ["syrian_government"]
    assert states_of(items(client, "areas", datetime="2017-09-05T12:00:00Z")) == states_of(after)
    assert items(client, "areas", datetime="../2010-01-01")["numberMatched"] == 0
    assert items(client, "areas", datetime="2017-10-17/..")["numberMatched"] == 2


def test_a_box_shows_what_meets_it(client) -> None:
    names = {f["properties"]["name"] for f in items(client, "places", bbox="38.9,35.8,39.1,36.1")["features"]}
    assert names == {"Raqqa"}
    assert items(client, "places", bbox="170,-10,-170,10")["numberMatched"] == 0
    assert items(client, "claims", bbox="39.9,35.2,0,40.3,35.5,9")["numberMatched"] == 2


def test_known_by_leaves_later_reports_out(client) -> None:
    assert {f["properties"]["name"] for f in items(client, "areas")["features"]} == {"Deir ez-Zor", "Raqqa"}
    early = items(client, "areas", known_by="2017-08-31")
    assert {f["properties"]["besieged"] for f in early["features"]} == {True}
    assert items(client, "claims", known_by="2017-08-31")["numberMatched"] == 1
    assert items(client, "areas", known_by="2016-01-01")["numberMatched"] == 0


def test_pages_follow_each_other_and_show_each_feature_once(client) -> None:
    seen, address = [], "/collections/claims/items?limit=1"
    while address:
        page = client.get(address).json()
        assert page["numberReturned"] == len(page["features"]) == 1
        assert page["numberMatched"] == 3
        seen += [f["id"] for f in page["features"]]
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    assert len(set(seen)) == 3


def test_a_feature_has_an_address_of_its_own(client) -> None:
    for name in ("areas", "places", "claims"):
        first = items(client, name)["features"][0]
        alone = client.get(f"/collections/{name}/items/{first['id']}").json()
        assert {link["rel"] for link in alone.pop("links")} == {"self", "collection"}
        assert alone == first


def test_an_area_carries_its_sentences_and_no_link_that_is_none(client) -> None:
    claims = items(client, "claims", datetime="2017-08-01")["features"]
    assert claims[0]["properties"]["quote"].startswith("IS besieges")
    assert claims[0]["properties"]["url"] is None
    assert any(a["properties"]["claims"] for a in items(client, "areas")["features"])


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/collections/areas/items?bbox=1,2,3", 400, "bbox is west,south"),
        ("/collections/areas/items?bbox=1,5,3,4", 400, "bbox is west,south"),
        ("/collections/areas/items?bbox=nan,1,2,3", 400, "bbox is west,south"),
        ("/collections/areas/items?datetime=yesterday", 400, "no day"),
        ("/collections/areas/items?datetime=2017-02-30", 400, "no day"),
        ("/collections/areas/items?datetime=2018-01-01/2017-01-01", 400, "ends before it begins"),
        ("/collections/areas/items?datetime=../..", 400, "datetime is a day"),
        ("/collections/areas/items?limit=0", 400, "limit is a whole number from 1"),
        ("/collections/areas/items?limit=1&limit=2", 400, "given twice"),
        ("/collections/areas/items?offset=-1", 400, "offset is a whole number"),
        ("/collections/areas/items?holder=sdf", 400, "no parameter 'holder'"),
        ("/collections/areas/items?f=xml", 400, "json or html"),
        ("/collections/areas/items/nobody", 404, "no feature 'nobody'"),
        ("/collections/roads", 404, "no collection 'roads'; there are areas, places"),
        ("/nowhere", 404, "Not Found"),
    ],
)
def test_what_can_not_be_answered_is_a_problem_that_says_why(client, path, status, said) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert said in told["description"]
    assert told["status"] == status


def test_a_limit_above_the_most_is_cut_to_it(client) -> None:
    assert items(client, "areas", limit="99999999")["numberMatched"] == items(client, "areas")["numberMatched"]


def test_what_is_held_back_is_in_no_answer_whatever_is_asked(stages, claims_file, client_of) -> None:
    held = Precautions(embargo_days=30, coarsen_km=20, suppression=Suppression(words=frozenset({"besieges"})))
    client = client_of(Service(holdings=Holdings(stages, claims=claims_file, precautions=held)))
    paths = ["/", "/collections", "/map", "/review", "/review?f=json"]
    paths += [f"/collections/{n}/items{q}" for n in ("areas", "places", "lines", "claims")
              for q in ("", "?known_by=2099-01-01", "?datetime=2017-10-20", "?known_by=2017-10-17")]  # fmt: skip
    exact = stages.gazetteer.get("gn:170794")
    for path in paths:
        text = client.get(path).text
        assert "The SDF took Raqqa" not in text, path  # published on the newest day
        assert "IS besieges" not in text
        assert f"{exact.lat:.4f}" not in text
    assert client.get("/").json()["description"].endswith("Some places or sentences are withheld.")
    assert client.get("/collections/claims/items").json()["numberMatched"] == 2


def later_claim(claims):
    """Return a claim like the last, of another report, on another place."""
    first, last = claims[0], claims[-1]
    made = dataclasses.replace(last, report_id="r-later", place=first.place, quote="The SDF took Deir ez-Zor.")
    return dataclasses.replace(made, claim_id=claim_id_of(made))


def test_what_is_added_to_the_ledger_while_it_serves_is_shown(stages, ledger, client_of, monkeypatch) -> None:
    client = client_of(Service(holdings=Holdings(stages, ledger=ledger)))
    assert items(client, "claims")["numberMatched"] == 3
    with Ledger(ledger) as kept:
        claim = later_claim(list(kept.claims()))
        report = Report(
            report_id="r-later",
            text=claim.quote,
            sha256=hashlib.sha256(claim.quote.encode()).hexdigest(),
            published=claim.published,
        )
        kept.add([Reading(report=report, claims=(claim,))], extractor="hand")
    assert items(client, "claims")["numberMatched"] == 3  # not asked for again at once
    monkeypatch.setattr("tracker.serve.holdings._LOOK_S", 0.0)
    assert items(client, "claims")["numberMatched"] == 4


def test_a_file_of_claims_that_is_being_written_leaves_what_was_shown(
    stages, claims_file, client_of, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr("tracker.serve.holdings._LOOK_S", 0.0)
    told = claims_file.read_text(encoding="utf-8")
    path = tmp_path / "claims.jsonl"
    path.write_text(told, encoding="utf-8")
    client = client_of(Service(holdings=Holdings(stages, claims=path)))
    path.write_text(told[: len(told) // 2], encoding="utf-8")
    assert items(client, "claims")["numberMatched"] == 3
    path.unlink()
    assert items(client, "claims")["numberMatched"] == 3
    path.write_text("".join(told.splitlines(keepends=True)[:2]), encoding="utf-8")
    assert items(client, "claims")["numberMatched"] == 2
