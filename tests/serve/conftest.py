"""A project with three reports in a ledger, and clients that ask its server."""

import asyncio
import hashlib
import json

import pytest

from tracker.jsonl import dump_line, load_line
from tracker.ledger import Ledger, Reading
from tracker.model import Claim, Report, claim_id_of
from tracker.pipeline import Stages

try:
    import httpx

    from tracker.serve import Holdings, Service, make_app
except ImportError:  # the extra `serve` is not installed
    collect_ignore_glob = ["test_*.py"]

TOKEN = "a-token-of-twenty-ch"
ROWS = (  # place, day, kind, actor, sentence
    ("gn:170794", "2017-08-01", "besieges", "islamic_state", "IS besieges Deir ez-Zor <script>alert(1)</script>."),
    ("gn:170794", "2017-09-05", "gains", "syrian_government", "The army took Deir ez-Zor."),
    ("gn:172955", "2017-10-17", "gains", "sdf", "The SDF took Raqqa."),
)


@pytest.fixture(scope="session")
def stages():
    return Stages()


def claims_of(stages):
    for number, (place_id, day, kind, actor, quote) in enumerate(ROWS):
        place = stages.gazetteer.get(place_id)
        row = {
            "claim_id": "", "report_id": f"r-{number}", "kind": kind, "actor": actor, "actor_text": actor,
            "counter_actor": None,
            "place": {"place_id": place_id, "name": place.name, "text": place.name, "start": 0, "end": 1,
                      "lat": place.lat, "lon": place.lon, "feature": place.feature, "score": 0.9},
            "part": None, "fraction": None, "distance_m": None, "bearing_deg": None, "valid_time": day,
            "valid_from": day, "valid_to": f"{day[:8]}{int(day[8:]) + 1:02d}", "modality": "asserted", "cue": None,
            "attributed_to": None, "quote": quote, "quote_start": 0, "quote_end": len(quote), "rule": "r",
            "backend": "hand", "extractor": "hand", "confidence": 0.7, "published": day, "source": "Wire",
            "url": "javascript:alert(1)" if number == 0 else f"https://example.org/{number}",
        }  # fmt: skip
        first = load_line(json.dumps(row), Claim)
        yield load_line(json.dumps(row | {"claim_id": claim_id_of(first)}), Claim)


@pytest.fixture
def ledger(stages, tmp_path):
    path = tmp_path / "a.ledger"
    with Ledger.create(path) as made:
        for claim in claims_of(stages):
            sha = hashlib.sha256(claim.quote.encode()).hexdigest()
            report = Report(report_id=claim.report_id, text=claim.quote, sha256=sha, published=claim.published)
            made.add([Reading(report=report, claims=(claim,))], extractor="hand")
    return path


@pytest.fixture(scope="session")
def claims_file(stages, tmp_path_factory):
    path = tmp_path_factory.mktemp("claims") / "claims.jsonl"
    path.write_text("".join(dump_line(c) + "\n" for c in claims_of(stages)), encoding="utf-8")
    return path


class Client:
    """Asks an application without a socket."""

    def __init__(self, app) -> None:
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=False)

    def request(self, method, url, *, follow_redirects=False, **more):
        async def asked():
            async with httpx.AsyncClient(transport=self._transport, base_url="http://127.0.0.1:8077") as client:
                return await client.request(method, url, follow_redirects=follow_redirects, **more)

        return asyncio.run(asked())

    def get(self, url, **more):
        return self.request("GET", url, **more)

    def post(self, url, **more):
        return self.request("POST", url, **more)

    def options(self, url, **more):
        return self.request("OPTIONS", url, **more)


def made_client(service):
    return Client(make_app(service))


@pytest.fixture(scope="session")
def client(stages, claims_file):
    return made_client(Service(holdings=Holdings(stages, claims=claims_file)))


@pytest.fixture
def writable(stages, ledger):
    return made_client(Service(holdings=Holdings(stages, ledger=ledger), token=TOKEN))


@pytest.fixture(scope="session")
def client_of():
    return made_client


@pytest.fixture
def token():
    return TOKEN
