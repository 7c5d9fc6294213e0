"""Reports that are read together, on one page of the matcher."""

import pytest

from tracker.model import Report
from tracker.places import Asked, Gazetteer, Locator


@pytest.fixture(scope="module")
def syria():
    return Locator(Gazetteer.load(countries=["SY"]))


NEIGHBOURS = [
    ("The army is in the province of", "Homs fell to it."),
    ("They took Harabish,", "Homs and Hama."),
    ("Fighting went on in the villages of Marea and", "Tal Rifat. HOMS (AP) — Quiet."),
    ("Gen. Ahmad", "Homs said nothing. Homs is his name."),
    ("It ended in Deir", "ez-Zor province, and in Tell", "Aran."),
    ("a road from Aleppo –", "Raqqa road\n", "\nHama", "district"),
    ("Mr. Hama said so.", "Hama was shelled."),
    ("", "Homs", " ", "Homs\n", "the"),
]


@pytest.mark.parametrize("texts", NEIGHBOURS)
def test_a_report_is_read_as_if_no_other_stood_beside_it(syria, texts) -> None:
    reports = [Report(report_id=str(number), text=text, sha256="") for number, text in enumerate(texts)]
    together = list(syria.locate_many(Asked(report) for report in reports))
    assert together == [syria.locate(report) for report in reports]
    assert all(
        report.text[one.start : one.end] == one.text
        for report, found in zip(reports, together, strict=True)
        for one in found
    )


def test_masks_and_theatres_are_those_of_their_own_report(syria) -> None:
    text = "Hama and Homs were quiet."
    report = Report(report_id="", text=text, sha256="")
    asked = [Asked(report, [(0, 4)]), Asked(report), Asked(report, [(9, 13)], frozenset({"SY"}))]
    assert list(syria.locate_many(asked)) == [syria.locate(r, masks=masks, theatre=t) for r, masks, t, _ in asked]
