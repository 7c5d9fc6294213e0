"""The gazetteer answers by geopy's rules."""

import pytest
from geopandas.tools import geocode, reverse_geocode
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderUnavailable, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import GeoNames, Nominatim
from geopy.location import Location
from shapely.geometry import Point

from tracker.places import Gazetteer, GazetteerGeocoder
from tracker.places.index.compiling import compile_index
from tracker.places.index.merging import merge_rows
from tracker.places.tables.rows import PlaceRow


def row(place_id, name, point, feature, country, *admin1, **more):
    lat, lon = point
    area = admin1[0] if admin1 else ""
    return PlaceRow(
        place_id=place_id, name=name, lat=lat, lon=lon, feature=feature, country=country, admin1=area, **more
    )


BAKHMUT = "Артемівськ@uk[1924/2016]|Бахмут@uk|Artyomovsk@ru|Артёмовск@ru"
ROWS = [
    row("gn:1", "Syria", (35.0, 38.0), "PCLI", "SY", population=17_000_000, cell="Syrie@fr"),
    row("gn:10", "Deir ez-Zor", (35.34, 40.14), "PPLA", "SY", "07", population=242_000, cell="دير الزور@ar"),
    row("gn:11", "Deir ez-Zor", (35.0, 40.4), "ADM1", "SY", "07", population=1_200_000),
    row("gn:12", "Raqqa", (35.95, 39.01), "PPLA", "SY", "04", population=177_000, cell="Ar Raqqah"),
    row("gn:13", "Ar-Raqqah Governorate", (36.0, 38.9), "ADM1", "SY", "04", population=900_000, cell="Raqqa"),
    row("gn:30", "Springfield", (39.8, -89.64), "PPLA", "US", "IL", population=116_000, admin2="167"),
    row("gn:31", "Springfield", (37.2, -93.3), "PPLA2", "US", "MO", population=166_000),
    row("gn:32", "Illinois", (40.0, -89.25), "ADM1", "US", "IL"),
    row("gn:35", "Sangamon County", (39.8, -89.7), "ADM2", "US", "IL", admin2="167"),
    row("gn:36", "Sangamon", (39.9, -88.9), "PPL", "US", "MO", population=900),
    row("gn:40", "Ukraine", (48.4, 33.9), "PCLI", "UA", population=40_000_000),
    row("gn:41", "Bakhmut", (48.59, 38.0), "PPL", "UA", cell=BAKHMUT),
    row("gn:43", "Bakhmout", (10.0, 10.0), "ADM2", "NG"),
    row("gn:42", "Kochi", (33.56, 133.53), "PPL", "JP", population=300_000, cell="KCZ"),
    row("gn:34", "United States", (39.8, -98.6), "PCLI", "US", population=327_000_000),
]  # fmt: skip


@pytest.fixture(scope="module")
def geocoder():
    return GazetteerGeocoder(Gazetteer(compile_index(merge_rows(ROWS), "test-geocoder")))


def place_ids(locations):
    return [location.raw["place_id"] for location in locations]


def test_any_spelling_finds_the_town_and_not_its_province(geocoder):
    for name in ("Deir Ezzor", "deir ez-zor", "DEIR AZZOUR", "دير الزور", "Дейр-эз-Зор"):
        location = geocoder.geocode(name)
        assert isinstance(location, Location)
        assert location.raw["place_id"] == "gn:10", name
        assert (location.latitude, location.longitude) == (35.34, 40.14)


def test_a_type_word_asks_for_the_province(geocoder):
    assert geocoder.geocode("Raqa province").raw["place_id"] == "gn:13"


def test_what_follows_a_comma_holds_the_place(geocoder):
    assert geocoder.geocode("Springfield, Illinois").raw["place_id"] == "gn:30"
    assert geocoder.geocode("Springfield, Illinois, USA").raw["place_id"] == "gn:30"
    assert geocoder.geocode({"city": "Springfield", "state": "Illinois"}).raw["place_id"] == "gn:30"
    assert geocoder.geocode("Springfield, Syria") is None


def test_candidates_come_best_first(geocoder):
    assert place_ids(geocoder.geocode("Springfield", exactly_one=False)) == ["gn:31", "gn:30"]
    assert place_ids(geocoder.geocode("Springfield", exactly_one=False, limit=1)) == ["gn:31"]


def test_countries_narrow_the_search(geocoder):
    assert geocoder.geocode("Raqqa", country_codes="iq,us") is None
    assert geocoder.geocode("Raqqa", country_codes=["SY"]).raw["place_id"] == "gn:12"


def test_the_answer_bears_the_language_asked_for(geocoder):
    assert geocoder.geocode("Syria", language="fr").address == "Syrie"
    assert geocoder.geocode("Syria", language="de").address == "Syria"
    assert geocoder.geocode("Deir Ezzor", language="ar").address == "دير الزور, Deir ez-Zor, Syria"
    assert geocoder.geocode("Deir Ezzor", language="fr").address == "Deir ez-Zor, Syrie"
    assert geocoder.reverse((35.3, 40.1), language="ar").raw["name"] == "دير الزور"


def test_no_match_is_none_and_never_an_error(geocoder):
    assert geocoder.geocode("Atlantis") is None
    assert geocoder.geocode("Atlantis", exactly_one=False) is None


@pytest.mark.parametrize("query", ["", "  ", "?!", None, 5, {}, {"planet": "Mars"}])
def test_a_bad_query_is_geopys_error(geocoder, query):
    with pytest.raises(GeocoderQueryError) as caught:
        geocoder.geocode(query)
    assert isinstance(caught.value, GeopyError)


def test_reverse_finds_the_nearest_town(geocoder):
    assert geocoder.reverse((35.3, 40.1)).raw["place_id"] == "gn:10"
    assert geocoder.reverse("35.9, 39.0").raw["place_id"] == "gn:12"
    assert geocoder.reverse((0.0, 0.0)) is None
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse("nowhere")


def test_every_place_is_found_again_at_its_own_point(geocoder):
    for one in ROWS:
        if one.feature.startswith("PPL"):
            assert geocoder.reverse((one.lat, one.lon)).raw["place_id"] == one.place_id


def test_it_works_behind_a_rate_limiter(geocoder):
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0.0)
    assert limited("Raqqa").raw["place_id"] == "gn:12"


def test_geopandas_geocodes_with_it(geocoder):
    frame = geocode(["Raqqa", "Atlantis"], GazetteerGeocoder, gazetteer=geocoder.gazetteer)
    assert frame.crs == "EPSG:4326"
    assert (frame.geometry[0].x, frame.geometry[0].y) == (39.01, 35.95)
    assert frame.geometry[1].is_empty
    back = reverse_geocode([Point(39.01, 35.95)], GazetteerGeocoder, gazetteer=geocoder.gazetteer)
    assert back.address[0].startswith("Raqqa")


def test_others_are_asked_only_on_request_and_once_a_question(geocoder):
    asked = []

    def elsewhere(query, *, exactly_one=True):
        asked.append(query)
        return Location("Atlantis", (1.0, 2.0), {})

    chained = GazetteerGeocoder(geocoder.gazetteer, fallback=elsewhere, min_delay_seconds=0.0)
    assert chained.geocode("Raqqa").raw["place_id"] == "gn:12"
    assert asked == []
    assert chained.geocode("Atlantis").latitude == 1.0
    assert chained.geocode("Atlantis").longitude == 2.0
    assert asked == ["Atlantis"]


class Stub(BaseSyncAdapter):
    """Answers for the network; `asked` keeps the addresses."""

    asked: list[str] = []  # noqa: RUF012 - shared on purpose
    answer: object = []

    def get_json(self, url, *, timeout, headers):
        Stub.asked.append(url)
        if isinstance(Stub.answer, Exception):
            raise Stub.answer
        return Stub.answer

    get_text = get_json


@pytest.fixture
def network():
    Stub.asked, Stub.answer = [], []
    return Stub


def nominatim():
    return Nominatim(user_agent="tests", adapter_factory=Stub)


HIT = {"lat": "1.5", "lon": "2.5", "display_name": "Atlantis, Sea"}


def test_nominatim_is_asked_what_the_gazetteer_does_not_know_and_only_once(geocoder, network):
    network.answer = [HIT]
    chained = GazetteerGeocoder(geocoder.gazetteer, fallback=nominatim(), min_delay_seconds=0.0)
    assert chained.geocode("Raqqa").raw["place_id"] == "gn:12"
    assert network.asked == []
    for _ in range(3):
        found = chained.geocode("Atlantis", country_codes=["PT"], language="fr")
        assert (found.latitude, found.longitude) == (1.5, 2.5)
    (address,) = network.asked
    assert "q=Atlantis" in address
    assert "countrycodes=pt" in address
    assert "accept-language=fr" in address
    assert [one.latitude for one in chained.geocode("Atlantis", exactly_one=False, limit=3)] == [1.5]
    assert len(network.asked) == 2


def test_the_next_of_a_chain_is_asked_when_one_is_out_of_reach_or_knows_nothing(geocoder, network):
    def unreachable(query, *, exactly_one=True):
        raise GeocoderUnavailable("down")

    def knows_nothing(query, *, exactly_one=True):
        return None

    network.answer = {"geonames": [{"lat": 3.0, "lng": 4.0, "name": "Atlantis", "countryName": "Sea"}]}
    geonames = GeoNames("tests", adapter_factory=Stub)
    chain = [unreachable, knows_nothing, geonames]
    chained = GazetteerGeocoder(geocoder.gazetteer, fallback=chain, min_delay_seconds=0.0)
    assert chained.geocode("Atlantis", language="fr", country_codes="pt").longitude == 4.0
    alone = GazetteerGeocoder(geocoder.gazetteer, fallback=unreachable, min_delay_seconds=0.0)
    with pytest.raises(GeocoderUnavailable):
        alone.geocode("Atlantis")


def test_a_failure_is_not_remembered(geocoder, network):
    network.answer = GeocoderUnavailable("down")
    chained = GazetteerGeocoder(geocoder.gazetteer, fallback=nominatim(), min_delay_seconds=0.0)
    with pytest.raises(GeocoderUnavailable):
        chained.geocode("Atlantis")
    network.answer = [HIT]
    assert chained.geocode("Atlantis").latitude == 1.5


def test_reverse_asks_the_others_where_the_gazetteer_is_empty(geocoder, network):
    network.answer = HIT
    chained = GazetteerGeocoder(geocoder.gazetteer, fallback=nominatim(), min_delay_seconds=0.0)
    assert chained.reverse((35.3, 40.1)).raw["place_id"] == "gn:10"
    assert network.asked == []
    assert chained.reverse((0.0, 0.0)).address == "Atlantis, Sea"


def test_two_questions_to_one_service_keep_their_distance(geocoder, monkeypatch):
    now, waits = [100.0], []
    monkeypatch.setattr("tracker.places.geocoder.time.monotonic", lambda: now[0])
    monkeypatch.setattr("tracker.places.geocoder.time.sleep", waits.append)
    chained = GazetteerGeocoder(geocoder.gazetteer, fallback=lambda query, *, exactly_one=True: None)
    chained.geocode("Atlantis")
    now[0] = 100.25
    chained.geocode("Lemuria")
    assert waits == [0.0, 0.75]


def test_structured_queries_are_held_by_what_is_wider(geocoder):
    assert geocoder.geocode({"city": "Springfield", "state": "Illinois", "country": "USA"}).raw["place_id"] == "gn:30"
    assert geocoder.geocode({"state": "Illinois"}).raw["place_id"] == "gn:32"
    assert geocoder.geocode({"country": "Syria"}).raw["place_id"] == "gn:1"
    assert geocoder.geocode({"town": "Raqqa", "country": "United States"}) is None
    found = geocoder.geocode({"city": "Springfield", "country": "United States"}, exactly_one=False)
    assert place_ids(found) == ["gn:31", "gn:30"]


def test_a_structured_query_asks_for_the_kind_that_its_key_tells(geocoder):
    assert geocoder.geocode({"state": "Raqqa"}).raw["place_id"] == "gn:13"
    assert geocoder.geocode({"city": "Raqqa"}).raw["place_id"] == "gn:12"
    assert geocoder.geocode({"county": "Sangamon"}).raw["place_id"] == "gn:35"
    assert geocoder.geocode({"county": "Bakhmut"}).raw["place_id"] == "gn:41"
    assert geocoder.geocode({"state": "Homeland"}) is None
    assert geocoder.geocode({"city": "Raqqa", "country": "sy"}).raw["place_id"] == "gn:12"
    assert geocoder.geocode({"city": "Raqqa", "country": "US"}) is None
    assert geocoder.geocode({"country": "UA"}).raw["place_id"] == "gn:40"


def test_a_town_lies_in_its_county_and_in_an_area_called_by_its_kind(geocoder):
    asked = {"city": "Springfield", "county": "Sangamon County", "state": "Illinois"}
    assert geocoder.geocode(asked).raw["place_id"] == "gn:30"
    assert geocoder.geocode("Springfield, Sangamon County").raw["place_id"] == "gn:30"
    assert geocoder.geocode("Raqqa, Raqqa Governorate, Syria").raw["place_id"] == "gn:12"
    assert geocoder.geocode("Deir ez-Zor, Deir ez-Zor province").raw["place_id"] == "gn:10"


def test_an_answer_bears_the_name_of_today_in_the_script_of_its_language(geocoder):
    assert geocoder.geocode("Bakhmut", language="uk").raw["name"] == "Бахмут"
    assert geocoder.geocode("Bakhmut", language="ru").raw["name"] == "Артёмовск"
    assert geocoder.geocode("Bakhmut", language="UK-ua").raw["name"] == "Бахмут"


@pytest.mark.parametrize("nonsense", ["Qqqzzz", "Ckz", "aaaaaaaa"])
def test_letters_without_sense_are_no_airports_code(geocoder, nonsense):
    assert geocoder.geocode(nonsense) is None
    assert geocoder.geocode("KCZ").raw["place_id"] == "gn:42"


def test_no_country_code_is_any_country_and_no_limit_is_less_than_one(geocoder):
    assert geocoder.geocode("Raqqa", country_codes=[]).raw["place_id"] == "gn:12"
    for limit in (0, -1):
        with pytest.raises(GeocoderQueryError):
            geocoder.geocode("Raqqa", exactly_one=False, limit=limit)
        with pytest.raises(GeocoderQueryError):
            geocoder.reverse((35.3, 40.1), exactly_one=False, limit=limit)
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse(None)


def test_an_arabic_name_is_found_with_a_small_word_written_onto_it(geocoder):
    assert geocoder.geocode("بدير الزور").raw["place_id"] == "gn:10"


def test_reverse_gives_several_nearest_first(geocoder):
    assert place_ids(geocoder.reverse((35.5, 39.8), exactly_one=False, limit=2)) == ["gn:10", "gn:12"]
