"""What expressions of time mean, and which claim of a sentence has which date: tables of own sentences."""

from __future__ import annotations

import datetime as dt
import sys
import tomllib
from pathlib import Path

import pytest

from tracker.claims.dates.mentions import find_dates
from tracker.claims.parsing.model_loader import load_model
from tracker.claims.story_time import tells_history
from tracker.model import Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

HERE = Path(__file__).parent
TUESDAY = dt.date(2017, 9, 5)


def table(name: str) -> dict:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


DATES = [(text, edtf, group["published"]) for group in table("dates_en.toml")["group"] for text, edtf in group["rows"]]


@pytest.mark.parametrize(("text", "edtf", "published"), DATES)
def test_an_expression_of_time_means_what_a_careful_reader_takes_it_to_mean(text, edtf, published) -> None:
    dates = find_dates(text, published=dt.date.fromisoformat(published) if published else None)
    assert ((dates[-1].edtf or "") if dates else "-") == edtf


@pytest.mark.skipif(load_model() is None, reason="no English model is installed")
@pytest.mark.parametrize(("text", "wanted"), table("attached_dates_en.toml")["rows"])
def test_each_claim_of_a_sentence_has_its_own_date(text: str, wanted: list[list[str]]) -> None:
    claims = [claim for claim in read(text, published=TUESDAY) if claim.modality is not Modality.UNREAL]
    said = [[claim.kind.value, claim.place.text, claim.valid_time] for claim in claims]
    assert [one for one in wanted if one not in said] == []


@pytest.mark.skipif(load_model() is None, reason="no English model is installed")
@pytest.mark.parametrize(("text", "when"), table("attached_dates_en.toml")["undated"])
def test_what_is_told_before_the_first_date_is_of_about_its_time(text: str, when: str) -> None:
    assert next(claim.valid_time or "" for claim in read(text, published=None)) == when


def test_a_text_of_years_gone_by_is_not_news() -> None:
    published = dt.date(2017, 9, 5)
    assert tells_history("The town fell in 1995 and was rebuilt.", published)
    assert not tells_history("The town fell in 1995. On Monday it fell again.", published)
    assert not tells_history("The town fell, officials said.", published)
