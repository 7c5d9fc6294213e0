"""A part of a town lies in the town that the report speaks of."""

import pytest

from tracker.model import Report
from tracker.places import Gazetteer, Locator


@pytest.fixture(scope="module")
def locator() -> Locator:
    return Locator(Gazetteer.load(countries=["IL", "IQ", "LY", "PS", "SY", "UA", "US", "YE"]))


def meant(locator: Locator, text: str, name: str) -> str | None:
    """Return the name of the place that a name in a text means."""
    found = locator.locate(Report(report_id="r", text=text, sha256=""))
    return next(one.name for one in found if text[one.start : one.end].endswith(name))


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("Old City", "Rebels entered Homs on Tuesday. Troops fell back to the Old City.", "Old City of Homs"),
        ("Old City", "Shells hit Homs. In Aleppo, rebels dug in around the Old City.", "Old City of Aleppo"),
        ("Old City", "Fighting went on in Aleppo. In Homs, troops sealed off the Old City.", "Old City of Homs"),
        ("Old City", "The SDF came from Aleppo and breached the wall of Raqqa's Old City.", "Raqqa Old City"),
        ("Khalidiya", "The army shelled Hama and Aleppo. In Homs, it moved on Khalidiya.", "Khalidiya, Homs"),
        ("Jobar", "Air raids hit Damascus. In Homs, rebels repelled an assault on Jobar.", "Jobar, Homs"),
        ("Jobar", "Homs was shelled. Near the centre of Damascus, rebels advanced from Jobar.", "Jobar"),
        ("Qusour", "Rebels hold Deir Ezzor's western edge. In Homs, the army captured Qusour.", "Qusour, Homs"),
        ("Zahra", "Aleppo was calm. Two bombs tore through al-Zahra, a district of Homs.", "Al-Zahraa, Homs"),
        ("Mansour", "Mosul is free, but in Raqqa the SDF are clearing al-Mansour.", "Al-Mansour, Raqqa"),
        ("Sinaa", "The SDF stormed Raqqa and seized al-Sinaa, days after Deir Ezzor was shelled.", "Al-Sinaa, Raqqa"),
    ],
)
def test_a_quarter_is_that_of_the_town_told_of(locator: Locator, name: str, text: str, place: str) -> None:
    assert meant(locator, text, name) == place


def test_an_old_city_is_that_of_no_town_which_the_report_does_not_name(locator: Locator) -> None:
    assert meant(locator, "Gunmen attacked Kirkuk on Friday. Police closed the Old City.", "Old City") is None
    assert meant(locator, "Police fought youths in Jerusalem and closed the Old City.", "Old City") == "Old City"


def test_a_town_that_shares_its_name_with_a_quarter_elsewhere_stays_that_town(locator: Locator) -> None:
    text = "Iraqi troops in Anbar cleared Khalidiya on Friday, between Ramadi and Falluja."
    assert meant(locator, text, "Khalidiya") == "Al-Khalidiya"


@pytest.mark.parametrize(
    ("name", "text", "near"),
    [
        ("Orlivka", "Ukrainian forces withdrew from Orlivka, a village west of Avdiivka.", (48.16, 37.65)),
        ("Pisky", "Past the coke plant of Avdiivka, the Russians pushed through Pisky near Donetsk.", (48.07, 37.67)),
        ("Petrivka", "Shelling hit Petrivka near Toretsk overnight.", (48.39, 37.78)),
        ("Mykhailivka", "Russian soldiers entered Mykhailivka, 7 km south of Selydove.", (48.14, 37.35)),
        ("Oleksandrivka", "Separatists hold Oleksandrivka on the edge of Donetsk, facing Marinka.", (47.91, 37.57)),
    ],
)
def test_of_villages_of_a_name_the_one_beside_the_town_told_of_is_meant(
    locator: Locator, name: str, text: str, near: tuple[float, float]
) -> None:
    found = locator.locate(Report(report_id="r", text=text, sha256=""))
    lat, lon = next((one.lat, one.lon) for one in found if text[one.start : one.end] == name)
    assert lat is not None
    assert lon is not None
    assert abs(lat - near[0]) < 0.1
    assert abs(lon - near[1]) < 0.1
