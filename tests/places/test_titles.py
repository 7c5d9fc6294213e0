"""A title written like an entry of a gazetteer tells which place is meant, however it is spelt."""

from __future__ import annotations

import pytest

from tracker.model import Report
from tracker.places import Asked, Gazetteer, as_titled, locate, locate_title, locate_titles


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def report_of(title: str | None, text: str = "") -> Report:
    return Report(report_id="t", title=title, text=text, sha256="")


@pytest.mark.parametrize(
    ("title", "country", "lat"),
    [
        ("Darat Izza (Aleppo Governorate / Mount Simeon District)", "SY", 36.28),  # gazetteer: Dārat ‘Izzah
        ("Tell Shughayb (Aleppo Governorate / Mount Simeon District)", "SY", 36.13),  # Tall Shaghib
        ("Urum al-Kubrah (Aleppo Governorate / Atarib District)", "SY", 36.15),  # Urma al Kubra
        ("Lyman (Donetsk Oblast)", "UA", 48.99),  # one of a dozen Lymans
        ("Sirte (Sirte District)", "LY", 31.2),  # the town, not the district
    ],
)
def test_an_entry_is_the_settlement_of_its_area(gazetteer: Gazetteer, title: str, country: str, lat: float) -> None:
    own = locate_title(report_of(title), gazetteer)[0]
    assert own.text == title.partition(" (")[0]
    assert (own.country, (own.feature or "")[:3]) == (country, "PPL")
    assert own.lat == pytest.approx(lat, abs=0.05)


def test_a_name_without_likeness_in_its_area_stays_unknown(gazetteer: Gazetteer) -> None:
    assert all(p.start > 0 for p in locate_title(report_of("Zzyzx Qarbun (Aleppo Governorate)"), gazetteer))


def test_a_headline_is_read_as_any_text(gazetteer: Gazetteer) -> None:
    report = report_of("Army retakes Palmyra (again)")
    assert [p.text for p in locate_title(report, gazetteer)] == ["Palmyra"]


def test_the_text_names_the_place_of_its_entry_in_another_spelling(gazetteer: Gazetteer) -> None:
    report = report_of("Qastun (Hama Governorate / Al-Suqaylabiyah District)", "In May the rebels entered Qastoun.")
    titled = locate_title(report, gazetteer)
    (mention,) = as_titled(report, locate(report, gazetteer), titled)
    assert (mention.text, mention.place_id) == ("Qastoun", titled[0].place_id)
    assert report.text[mention.start : mention.end] == mention.text


def test_an_article_with_a_hyphen_belongs_to_the_name(gazetteer: Gazetteer) -> None:
    report = report_of("", "Fighters from Aleppo captured the academy at al-Muslimiyah.")
    assert "al-Muslimiyah" in [p.text for p in locate(report, gazetteer)]


def test_titles_read_together_name_what_each_names_by_itself(gazetteer: Gazetteer) -> None:
    titles = [
        "Darat Izza (Aleppo Governorate / Mount Simeon District)",
        None,
        "Fighting near Palmyra",
        "Homs – Baba Amr",
    ]
    reports = [report_of(title) for title in titles]
    together = locate_titles([Asked(report) for report in reports], gazetteer)
    assert together == [locate_title(report, gazetteer) for report in reports]
    assert [bool(found) for found in together] == [True, False, True, True]
