"""Grid, list and embargo, each for itself."""

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InputError, UnknownPlaceError, UsageError
from tracker.model import Claim, ClaimPlace, Kind, Modality, Place, PlaceName, State, Status
from tracker.precautions import Guard, Precautions, Suppression, coarse_point, read_suppression
from tracker.precautions.coarsening import KM_PER_DEGREE

PLACES = {
    p.place_id: p
    for p in (
        Place(place_id="tk:dolna", name="Dolna", lon=40.1, lat=35.3, feature="PPL", names=(PlaceName(text="Долна"),)),
        Place(place_id="tk:mill", name="Old Mill", lon=40.11, lat=35.31, feature="PPLX", parent="tk:dolna"),
        Place(place_id="tk:gora", name="Gora", lon=41.0, lat=36.0, feature="PPL"),
    )
}


class Index:
    def get(self, place_id):
        if place_id not in PLACES:
            raise UnknownPlaceError(place_id)
        return PLACES[place_id]

    def children(self, place_id):
        return [p for p in PLACES.values() if p.parent == place_id]


def day(text):
    return None if text is None else dt.date.fromisoformat(text)


def claim(number, place_id, quote, published="2020-05-01", **more):
    place = PLACES[place_id]
    told = ClaimPlace(
        place_id=place_id, name=place.name, text=more.pop("spelt", place.name), start=0, end=1,
        lat=place.lat, lon=place.lon, feature=place.feature, score=1.0,
    )  # fmt: skip
    fields = {
        "actor": "army", "actor_text": "the army", "counter_actor": None, "part": None, "fraction": None,
        "distance_m": None, "bearing_deg": None, "valid_time": published, "valid_from": day(published),
        "valid_to": day(published) + dt.timedelta(days=1) if published else None, "attributed_to": None,
    } | more  # fmt: skip
    return Claim(
        claim_id=f"c-{number}", report_id=f"r-{number}", kind=Kind.GAINS, place=told, modality=Modality.ASSERTED,
        cue=None, quote=quote, quote_start=0, quote_end=len(quote), rule="", backend="hand", extractor="hand",
        confidence=0.9, published=day(published), source="Wire", **fields,
    )  # fmt: skip


def guard(claims, *, on=None, known_by=None, **asked):
    return Guard(Precautions(**asked), Index(), claims, on=day(on), known_by=day(known_by))


def listed(tmp_path, text):
    path = tmp_path / "hide.txt"
    path.write_text(text, encoding="utf-8")
    return read_suppression(path, Index())


def test_points_of_one_cell_can_not_be_told_apart() -> None:
    assert coarse_point(40.14, 35.336, 10) == coarse_point(40.15, 35.34, 10)
    assert coarse_point(40.14, 35.336, 10) != coarse_point(40.34, 35.336, 10)


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(0.1, 500))
def test_a_coarse_point_is_coarse_already_and_its_cell_at_least_as_large_as_asked(lon, lat, km) -> None:
    x, y = coarse_point(lon, lat, km)
    assert -180 <= x <= 180
    assert -90 <= y <= 90
    assert coarse_point(x, y, km) == (x, y)
    rows = int(180 * KM_PER_DEGREE / km)
    assert abs(y - lat) <= 90 / rows + 1e-6
    assert 180 / rows * KM_PER_DEGREE >= km - 1e-6
    narrow = math.cos(math.radians(min(90.0, abs(y) + 90 / rows)))
    columns = max(1, int(360 * KM_PER_DEGREE * narrow / km))
    assert columns == 1 or 360 / columns * KM_PER_DEGREE * narrow >= km - 1e-6


def test_a_list_names_places_reports_claims_and_words(tmp_path) -> None:
    text = "\ufeff# not to be shown\nplace tk:dolna # the town\n\nreport r 17\nclaim c-1\nwords field hospital\n"
    assert listed(tmp_path, text) == Suppression(
        places=frozenset({"tk:dolna"}), reports=frozenset({"r 17"}), claims=frozenset({"c-1"}),
        words=frozenset({"field hospital"}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("place tk:dolma", r"hide\.txt:1: no place 'tk:dolma'"),
        ("# all\ntk:dolna", r"hide\.txt:2: 'tk:dolna' is no entry.*place ID, report ID"),
        ("place", "no entry"),
        ("words …", "no letter or digit"),
        ("# nothing\n", "hide nothing"),
    ],
)
def test_a_slip_of_the_pen_in_a_list_is_an_error_and_shows_nothing(tmp_path, text, said) -> None:
    with pytest.raises(InputError, match=said):
        listed(tmp_path, text)


def test_a_missing_list_is_an_error(tmp_path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt"):
        read_suppression(tmp_path / "nowhere.txt")


def test_a_hidden_place_hides_what_lies_in_it_and_sentences_that_name_it() -> None:
    claims = [
        claim(1, "tk:dolna", "They took Dolna."),
        claim(2, "tk:mill", "They took the Old Mill."),
        claim(3, "tk:gora", "They took Gora on the way from Dolná's bridge.", url="https://x.org/dolna-fell"),
        claim(4, "tk:gora", "Горы взяты, потом Долна."),
        claim(5, "tk:gora", "Gora stands.", actor="other:dolna militia"),
    ]
    shown = guard(claims, suppression=Suppression(places=frozenset({"tk:dolna"}))).claims
    assert [c.claim_id for c in shown] == ["c-3", "c-4", "c-5"]
    assert [c.quote for c in shown] == ["[withheld]", "[withheld]", "Gora stands."]
    assert shown[0].url is None
    assert shown[2].actor == "other:withheld"


def test_a_name_as_the_texts_spell_it_is_hidden_too() -> None:
    claims = [
        claim(1, "tk:dolna", "They took Velkopolje.", spelt="Velkopolje"),
        claim(2, "tk:gora", "They took Gora, north of Velkopolje."),
    ]
    (shown,) = guard(claims, suppression=Suppression(places=frozenset({"tk:dolna"}))).claims
    assert shown.quote == "[withheld]"


def test_a_report_and_a_claim_on_the_list_count_as_never_made() -> None:
    claims = [claim(n, "tk:gora", f"Sentence {n}.") for n in (1, 2, 3)]
    hidden = Suppression(reports=frozenset({"r-1"}), claims=frozenset({"c-2"}))
    assert [c.claim_id for c in guard(claims, suppression=hidden).claims] == ["c-3"]


def test_an_embargo_counts_from_the_newest_report() -> None:
    claims = [claim(1, "tk:gora", "Old.", "2020-05-01"), claim(2, "tk:gora", "New.", "2020-05-10")]
    held = guard(claims, embargo_days=5)
    assert held.cutoff == held.known_by == day("2020-05-05")
    assert [c.quote for c in held.claims] == ["Old."]
    assert len(guard(claims, embargo_days=0).claims) == 2


def test_an_embargo_counts_from_known_by_before_on() -> None:
    claims = [claim(1, "tk:gora", "Old.", "2020-05-01")]
    assert guard(claims, embargo_days=5, on="2020-06-10").cutoff == day("2020-06-05")
    assert guard(claims, embargo_days=5, on="2020-06-10").on == day("2020-06-05")
    both = guard(claims, embargo_days=5, on="2020-06-10", known_by="2021-01-06")
    assert (both.cutoff, both.on) == (day("2021-01-01"), day("2020-06-10"))


def test_under_an_embargo_what_has_no_date_is_held_back() -> None:
    claims = [
        claim(1, "tk:gora", "Dated.", "2020-05-01"),
        claim(2, "tk:gora", "When?", None),
        claim(3, "tk:gora", "In May.", None, valid_from=day("2020-05-01"), valid_to=day("2020-06-01")),
    ]
    assert [c.quote for c in guard(claims, embargo_days=5, known_by="2020-05-20").claims] == ["Dated."]
    with pytest.raises(UsageError, match="no report is dated"):
        guard(claims[1:2], embargo_days=5)


def test_states_after_the_embargo_are_not_told() -> None:
    def state(start, end):
        return State(
            place_id="tk:gora", part=None, status=Status.HELD, holder="army", candidates=(), fraction=None,
            besieged=False, besieger=None, valid_from=day(start), valid_to=day(end), probability=1.0, confidence=1.0,
            claim_ids=("c-1",), against_ids=(), reason="",
        )  # fmt: skip

    held = guard([claim(1, "tk:gora", "Old.", "2020-05-01")], embargo_days=0, known_by="2020-05-05")
    told = held.states([state("2020-05-01", "2020-05-07"), state("2020-05-07", None)])
    assert [(s.valid_from, s.valid_to) for s in told] == [(day("2020-05-01"), None)]


def test_distances_and_bearings_are_no_finer_than_the_grid() -> None:
    (shown,) = guard([claim(1, "tk:gora", "Near.", distance_m=13_200.0, bearing_deg=102.0)], coarsen_km=10).claims
    assert (shown.distance_m, shown.bearing_deg) == (10_000.0, 90.0)


@pytest.mark.parametrize("asked", [{"embargo_days": -1}, {"coarsen_km": 0}, {"coarsen_km": 501}])
def test_numbers_out_of_range_are_wrong_use(asked) -> None:
    with pytest.raises(UsageError):
        Precautions(**asked)
