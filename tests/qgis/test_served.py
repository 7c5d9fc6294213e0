"""QGIS opens what the server serves as layers."""

import json
import re
import subprocess
import sys

import pytest

from tracker.places import Gazetteer

pytest.importorskip("uvicorn")
QUOTED = (
    ("gn:170794", "2017-08-01", "islamic_state", "besieges"),
    ("gn:170794", "2017-09-05", "syrian_government", "gains"),
    ("gn:172955", "2017-10-17", "sdf", "gains"),
)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    places, lines = Gazetteer.load(), []
    for number, (place_id, day, actor, kind) in enumerate(QUOTED):
        place = places.get(place_id)
        told = {"place_id": place_id, "name": place.name, "text": place.name, "start": 0, "end": 1, "lat": place.lat,
                "lon": place.lon, "feature": place.feature, "score": 1.0}  # fmt: skip
        nothing = dict.fromkeys(
            ("counter_actor", "part", "fraction", "distance_m", "bearing_deg", "cue", "attributed_to")
        )
        lines.append(json.dumps(nothing | {
            "claim_id": f"c-{number}", "report_id": f"r-{number}", "kind": kind, "actor": actor, "actor_text": actor,
            "place": told, "valid_time": day, "valid_from": day, "valid_to": f"{day[:8]}{int(day[8:]) + 1:02d}",
            "modality": "asserted", "quote": f"Sentence {number}.", "quote_start": 0, "quote_end": 11, "rule": "r",
            "backend": "hand", "extractor": "hand", "confidence": 0.9, "published": day, "source": "Wire",
        }))  # fmt: skip
    path = tmp_path_factory.mktemp("served") / "claims.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "tracker", "serve", "--claims", str(path), "--port", "0"]
    served = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield re.match(r"(http://127\.0\.0\.1:\d+/)  read-only", served.stdout.readline()).group(1)
    finally:
        served.terminate()
        served.wait(timeout=30)
        served.stdout.close()


def test_qgis_opens_the_collections_as_layers_page_after_page(ask, address) -> None:
    told = ask("oapif", address, "areas", "places", "claims")
    for name, layer in told.items():
        assert layer["valid"], name
        assert layer["crs"] in ("OGC:CRS84", "EPSG:4326")
        assert layer["names"] == ["Deir ez-Zor", "Raqqa"]
        assert layer["in_box"] == ["Raqqa"] or name == "areas"
        assert layer["drawn"]
    assert told["claims"]["rows"] == 3
    assert told["areas"]["rows"] == told["places"]["rows"] > 2  # more than a page
    assert {"status", "holder", "start", "end", "reason"} <= set(told["areas"]["fields"])
