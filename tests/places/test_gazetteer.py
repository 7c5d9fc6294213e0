from tracker.places.gazetteer import Gazetteer


def test_the_city_and_the_governorate_of_deir_ez_zor_are_two_places() -> None:
    gazetteer = Gazetteer.load(countries={"SY"})
    found = {hit.place.place_id: hit.place.feature for hit in gazetteer.search("Deir Azzour")}
    assert found["gn:170794"].startswith("PPL")
    assert found["gn:170792"] == "ADM1"
