"""Names in reports are tied to the right places of a small made-up gazetteer."""

import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.model import Report
from tracker.places import Asked, Gazetteer, Locator
from tracker.places.index.compiling import compile_index
from tracker.places.index.merging import merge_rows
from tracker.places.mentions.stretches import STRETCH
from tracker.places.tables.rows import PlaceRow


def row(place_id, name, point, feature, *country, names="", **more):
    lat, lon = point
    country = country[0] if country else "SY"
    return PlaceRow(
        place_id=place_id, name=name, lat=lat, lon=lon, feature=feature, country=country, cell=names, **more
    )


ROWS = [
    row("gn:1", "Syria", (35.0, 38.0), "PCLI"),
    row("gn:2", "Iraq", (33.0, 44.0), "PCLI", "IQ"),
    row("gn:10", "Deir ez-Zor", (35.34, 40.14), "PPLA", population=242000, admin1="07"),
    row("gn:11", "Deir ez-Zor", (35.0, 40.4), "ADM1", admin1="07", population=1200000, names="Deir ez-Zor Governorate"),
    row("gn:12", "Raqqa", (35.95, 39.01), "PPLA", population=177000, admin1="04", names="Ar Raqqah|الرقة"),
    row("gn:13", "Raqqa", (36.0, 38.9), "ADM1", admin1="04", population=900000, names="Ar-Raqqah Governorate"),
    row("gn:14", "Homs", (34.73, 36.71), "PPLA", population=775000, admin1="11"),
    row("gn:15", "Homs", (34.3, 38.0), "ADM1", admin1="11", population=1800000, names="Homs Governorate"),
    row("tk:brigade-137", "Brigade 137", (35.31, 40.04), "MILB", admin1="07", parent="gn:10", precision_m=10000),
    row("tk:harabish", "Harabish", (35.3, 40.16), "PPLX", admin1="07", parent="gn:10"),
    row("tk:tabqa-airbase", "Tabqa Airbase", (35.75, 38.57), "AIRB", admin1="04"),
    row("gn:16", "Tabqa", (35.84, 38.55), "PPL", population=70000, admin1="04"),
    row("gn:20", "Mosul", (36.34, 43.13), "PPLA", "IQ", population=1700000, admin1="15"),
    row("gn:30", "Springfield", (39.8, -89.64), "PPLA", "US", population=116000, admin1="IL"),
    row("gn:31", "Springfield", (37.2, -93.3), "PPLA2", "US", population=166000, admin1="MO"),
    row("gn:32", "Illinois", (40.0, -89.25), "ADM1", "US", population=12700000, admin1="IL"),
    row("gn:33", "Missouri", (38.25, -92.5), "ADM1", "US", population=6000000, admin1="MO"),
    row("gn:17", "Ma‘arrat an Nu‘mān", (35.64, 36.67), "PPL", population=58000, admin1="12"),
    row("gn:19", "Tall Rif‘at", (36.47, 37.1), "PPL", population=20000, admin1="09"),
    row("gn:50", "Lebanon", (33.9, 35.9), "PCLI", "LB", population=6000000),
    row("gn:51", "Blida", (36.47, 2.83), "PPLA", "DZ", population=330000),
    row("osm:blida", "Blida", (33.14, 35.51), "PPL", "LB"),
    row("gn:18", "Al-Bab", (36.37, 37.52), "PPL", population=63000, admin1="09", names="Bab"),
    row("gn:42", "Numan", (9.47, 12.03), "PPL", "NG", population=77000),
    row("gn:21", "Al Ḩaqlānīyah", (34.09, 42.36), "PPL", "IQ", population=19000, admin1="01"),
    row("gn:40", "But", (49.5, 20.0), "PPL", "PL", population=900),
    row("gn:41", "Lund", (55.7, 13.19), "PPL", "SE", population=87000),
]  # fmt: skip


PARTS = (
    "In Syria the army left Raqqa.", "Tabqa air base", "the villages of Harabish and Raqa,", "Homs Military Council",
    "Bab al-Jadid", "Springfield, Illinois", "Aron Lund said", "الرقة",
    "O\u2019Neil met Ma\u2019arrat al-Nu\u2019man\n", "1 2 3", "HOMS (AP) \u2014",
)  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer(compile_index(merge_rows(ROWS), "test-locate"))


@pytest.fixture(autouse=True, scope="module")
def cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def locator(gazetteer, cache):
    return Locator(gazetteer)


def report_of(text):
    return Report(report_id="r", text=text, sha256="")


def located(locator, text, masks=()):
    found = locator.locate(report_of(text), masks=masks)
    assert all(text[one.start : one.end] == one.text for one in found)
    return [(one.text, one.place_id) for one in found]


def test_a_region_of_a_name_is_the_area_by_it_not_its_town(locator):
    assert located(locator, "They held the whole Homs region.") == [("Homs", "gn:15")]


def test_a_city_is_never_its_province_and_a_province_never_its_city(locator):
    text = "The army reached Deir Ezzor city from the neighbouring Raqa province and central Homs province."
    assert located(locator, text) == [
        ("Deir Ezzor", "gn:10"),
        ("Raqa province", "gn:13"),
        ("Homs province", "gn:15"),
    ]
    assert located(locator, "They left the province of Deir ez-Zor for Deir ez-Zor.") == [
        ("Deir ez-Zor", "gn:11"),
        ("Deir ez-Zor", "gn:10"),
    ]


def test_another_spelling_is_the_same_place_in_a_report_about_its_country(locator):
    assert located(locator, "In Syria, the city of Raqa was shelled.") == [("Syria", "gn:1"), ("Raqa", "gn:12")]


def test_a_report_of_fighting_that_names_no_land_is_of_one_at_war(locator):
    taken = "Militants captured {} after heavy clashes with the army."
    assert located(locator, taken.format("Haqlaniyah")) == [("Haqlaniyah", "gn:21")]
    assert located(locator, "Prices of bread fell in Haqlaniyah city.") == [("Haqlaniyah", None)]


def test_without_a_land_another_spelling_has_the_same_consonants(locator):
    taken = "Militants captured {} after heavy clashes with the army."
    assert located(locator, taken.format("Khaqlania")) == [("Khaqlania", None)]
    in_iraq = located(locator, "In Iraq militants captured Khaqlania after heavy clashes.")
    assert in_iraq == [("Iraq", "gn:2"), ("Khaqlania", "gn:21")]


def test_a_part_of_an_arabic_compound_is_not_what_the_compound_means(locator):
    retaken = "Syrian troops left Raqqa. The army retook Maarat al-Numan, Bab al-Hawl and al-Bab."
    assert located(locator, retaken) == [
        ("Raqqa", "gn:12"),
        ("Maarat al-Numan", "gn:17"),
        ("Bab al-Hawl", None),
        ("al-Bab", "gn:18"),
    ]


def test_the_whole_that_a_district_is_said_to_lie_in_is_no_district_itself(locator):
    text = "Shells hit the Harabish district of Deir Ezzor, as it did Mosul in Iraq."
    assert located(locator, text)[:2] == [("Harabish", "tk:harabish"), ("Deir Ezzor", "gn:10")]


def test_a_name_that_a_distance_is_told_of_is_a_place(locator):
    measured = located(locator, "The rebels took But, 25 km west of Mosul, on Friday.")
    assert measured == [("But", "gn:40"), ("Mosul", "gn:20")]
    assert located(locator, "The rebels took in Lund, 25, west of Mosul.")[-1:] == [("Mosul", "gn:20")]
    assert located(locator, "The rebels were few. But 25 of them held Mosul.") == [("Mosul", "gn:20")]


TOLD = [
    row("gn:100", "Lyman", (48.98, 37.81), "PPL", "UA", population=20000),
    row("gn:101", "Stanley", (-51.69, -57.86), "PPLC", "FK", population=2200),
    row("gn:102", "Hassan", (13.0, 76.1), "PPL", "IN", population=130000),
]


@pytest.fixture(scope="module")
def told(cache):
    return Locator(Gazetteer(compile_index(merge_rows([*ROWS, *TOLD]), "test-told")))


@pytest.mark.parametrize(
    "text",
    [
        "{} was retaken on Sunday.",
        "{}, a small port, fell to the rebels.",
        "{} lies at the eastern end of the bay.",
        "{}, where thousands had lived, burned.",
        "The army marched on {}.",
        "The siege of {} went on.",
        "Troops entered {} at night.",
        "Rebels captured {} at night. {} was captured before.",
    ],
)
def test_a_given_name_is_a_town_where_a_town_s_lot_is_told_of_it(told, text) -> None:
    for name, place_id in (("Lyman", "gn:100"), ("Stanley", "gn:101")):
        assert located(told, text.format(name, name)) == [(name, place_id)] * text.count("{}")


def test_a_given_name_alone_that_was_captured_may_be_a_town(told) -> None:
    assert located(told, "Lyman was captured on Sunday.") == [("Lyman", "gn:100")]
    assert located(told, "Lyman has fallen.") == [("Lyman", "gn:100")]


@pytest.mark.parametrize(
    "text",
    [
        "Stanley Hughes left at dawn. Stanley was captured by the rebels.",
        "Stanley was captured by the rebels.",
        "Stanley, who had led them, was surrounded.",
        "Hassan, 22, was seized. Hassan was captured once before.",
        "Hassan, a port worker, fell ill.",
        "Lyman Trent left. The rebels said that Lyman was captured.",
        "Mr Lyman fell to his knees. Lyman was captured.",
    ],
)
def test_who_is_named_in_full_or_has_an_age_is_no_town(told, text) -> None:
    assert located(told, text) == []


def test_who_was_captured_in_a_town_is_none(told) -> None:
    assert located(told, "Hassan was captured in Homs.") == [("Homs", "gn:14")]


def test_a_preposition_that_opens_a_sentence_is_no_arabic_article(locator):
    text = "Syrian troops fled. At Raqqa the army held out. As Raqqa burned, At Tabqa was quiet."
    assert [name for name, _ in located(locator, text)][-3:] == ["Raqqa", "Raqqa", "At Tabqa"]


def test_a_base_of_a_brigade_is_a_place_and_the_brigade_itself_is_none(locator):
    text = "Troops of the 137th Brigade in Syria arrived inside the Brigade 137 base."
    assert located(locator, text) == [("Syria", "gn:1"), ("Brigade 137", "tk:brigade-137")]


def test_a_mention_says_how_near_its_point_is_known_to_lie(locator):
    found = locator.locate(report_of("In Syria, troops entered the town of Tabqa and the Brigade 137 base."))
    assert [(one.place_id, one.precision_m) for one in found] == [
        ("gn:1", None),
        ("gn:16", None),
        ("tk:brigade-137", 10000.0),
    ]


def test_a_town_and_its_air_base_are_two_places(locator):
    assert located(locator, "They took Tabqa and then Tabqa air base.") == [
        ("Tabqa", "gn:16"),
        ("Tabqa air base", "tk:tabqa-airbase"),
    ]


def test_the_whole_tells_which_part_is_meant(locator):
    assert located(locator, "A man from Springfield, Illinois was seen.")[0] == ("Springfield", "gn:30")
    assert located(locator, "A man from Springfield, Missouri was seen.")[0] == ("Springfield", "gn:31")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Talks in Springfield, Missouri, and Springfield, Illinois, went on.", ["gn:31", "gn:30"]),
        ("Talks in Springfield, Illinois, and Springfield, Missouri, went on.", ["gn:30", "gn:31"]),
        ("From Springfield (Illinois) to Springfield, Missouri. Springfield was calm.", ["gn:30", "gn:31", "gn:31"]),
        ("Springfield, Illinois, is calm. In Springfield it rained.", ["gn:30", "gn:30"]),
    ],
)  # fmt: skip
def test_namesakes_that_are_said_to_lie_in_two_areas_are_two_places(locator, text, meant):
    assert [place for name, place in located(locator, text) if name == "Springfield"] == meant


def test_a_sentence_that_begins_with_the_villages_names_no_town_of_that_name(cache):
    town = row("gn:60", "The Villages", (28.9, -81.9), "PPL", "US", population=79000)
    known = Locator(Gazetteer(compile_index(merge_rows([*ROWS, town]), "test-villages")))
    assert located(known, "The villages of Raqqa and Homs were hit.") == [("Raqqa", "gn:12"), ("Homs", "gn:14")]
    assert located(known, "He lives in The Villages.") == [("The Villages", "gn:60")]


def test_arabic_words_for_a_town_a_day_and_a_direction_are_no_places_of_that_name(cache):
    words = [("Mdina", "مدينة"), ("Baladeh", "بلدة"), ("Al Ahad", "الأحد"), ("Gharb", "غرب")]
    named = [row(f"gn:6{n}", name, (30.0 + n, 50.0), "PPL", "IR", names=word) for n, (name, word) in enumerate(words)]
    known = Locator(Gazetteer(compile_index(merge_rows([*ROWS, *named]), "test-arabic-words")))
    text = "قصفت الطائرات مدينة الرقة يوم الأحد، وهاجمت القوات بلدة صغيرة غرب النهر."
    assert located(known, text) == [("الرقة", "gn:12")]


def test_a_district_that_no_gazetteer_knows_is_named_all_the_same(locator):
    text = "Fighting goes on in the Harabish and Tahtuh districts of Deir Ezzor in Syria."
    assert located(locator, text) == [
        ("Harabish", "tk:harabish"),
        ("Tahtuh", None),
        ("Deir Ezzor", "gn:10"),
        ("Syria", "gn:1"),
    ]
    nil = locator.locate(report_of(text))[1]
    assert nil.feature == "PPLX"
    assert nil.lat is None


def test_people_and_words_at_the_head_of_a_sentence_are_no_places(locator):
    assert located(locator, "But in Homs the analyst Aron Lund was sceptical. Lund said so.") == [("Homs", "gn:14")]


def test_a_masked_name_is_no_place(locator):
    text = "The Homs Tigers left Homs."
    assert located(locator, text, masks=[(4, 15)]) == [("Homs", "gn:14")]


def test_directions_and_demonyms_are_no_places(locator):
    assert located(locator, "Syrian forces from the western province reached Homs.") == [("Homs", "gn:14")]


def test_a_road_names_both_its_ends(locator):
    assert located(locator, "along the Raqqa–Deir ez-Zor road") == [("Raqqa", "gn:12"), ("Deir ez-Zor", "gn:10")]


def test_the_same_report_gives_the_same_answer_and_spans_do_not_overlap(locator):
    text = "Raqqa, Homs and Deir ez-Zor; Raqqa again. الرقة وحمص"
    once, twice = locator.locate(report_of(text)), locator.locate(report_of(text))
    assert once == twice
    assert all(one.end <= other.start for one, other in pairwise(once))
    assert all(0 <= one.score <= 1 for one in once)


def test_an_empty_report_names_nothing(locator):
    assert located(locator, "") == []


def test_text_from_right_to_left_keeps_its_offsets(locator):
    text = "\u200fدخل الجيش مدينة الرقة\u200f، and then «Raqqa»؛ ثم عاد إلى الرقة."
    assert located(locator, text) == [("الرقة", "gn:12"), ("Raqqa", "gn:12"), ("الرقة", "gn:12")]
    first, _, last = locator.locate(report_of(text))
    assert (first.start, last.end) == (text.index("الرقة"), len(text) - 1)


def test_a_hamlet_that_is_only_spelt_alike_lies_near_the_places_of_the_report(locator):
    text = "In Syria the army left Homs for the village of Harabesh and shelled Homs."
    assert ("Harabesh", None) in located(locator, text)


def test_the_one_town_of_the_country_named_that_is_spelt_so_is_meant(locator):
    text = "In Syria, government troops captured Tal Rifaat on Friday."
    assert located(locator, text) == [("Syria", "gn:1"), ("Tal Rifaat", "gn:19")]


def test_fighting_in_a_country_is_not_about_a_city_elsewhere_that_has_the_name_of_a_village(locator):
    text = "In Lebanon, troops captured Blida on Friday."
    assert located(locator, text) == [("Lebanon", "gn:50"), ("Blida", "osm:blida")]


def test_a_name_that_is_taken_may_stand_behind_its_article(locator):
    assert located(locator, "In Syria, troops captured al-Qarnaf on Friday.") == [
        ("Syria", "gn:1"),
        ("al-Qarnaf", None),
    ]


def test_a_unit_a_paper_and_a_council_are_no_places(locator):
    text = "The Homs brigade, the Raqqa newspaper and the Homs Military Council spoke of Deir ez-Zor."
    assert located(locator, text) == [("Deir ez-Zor", "gn:10")]


def test_a_text_many_times_longer_than_a_report_keeps_its_offsets_and_masks(locator):
    part = "In Syria the army left Raqqa for Deir ez-Zor. The Homs Tigers stayed.\n"
    times = 2 * STRETCH // len(part)
    masks = [(number * len(part) + 50, number * len(part) + 61) for number in range(times)]
    found = located(locator, part * times, masks=masks)
    assert found == [("Syria", "gn:1"), ("Raqqa", "gn:12"), ("Deir ez-Zor", "gn:10")] * times


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.lists(st.sampled_from(PARTS), max_size=8).map(" ".join).map(lambda text: (text, [(3, 9)], {"IQ"})),
        max_size=6,
    )
)
def test_many_reports_read_together_name_what_each_names_by_itself(locator, rows):
    asked = [Asked(report_of(text), masks, theatre) for text, masks, theatre in rows]
    together = list(locator.locate_many(asked))
    assert together == [locator.locate(one.report, masks=one.masks, theatre=one.theatre) for one in asked]


def test_a_text_in_one_line_is_read_as_a_stream_in_memory_that_does_not_grow_with_it(locator):
    peaks = []
    for times in (6, 18):
        report = report_of(("The army left Raqqa for Deir ez-Zor, " + "and nobody was there " * 20) * (400 * times))
        tracemalloc.start()
        assert sum(1 for _ in locator.stream(report)) == 800 * times
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]


def test_a_page_on_which_every_word_is_an_ambiguous_name_takes_bounded_memory(cache):
    syllables = [first + second for first in "BDFGKLMNRST" for second in "aeiou"]
    names = [one + two.lower() + "r" for one in syllables for two in syllables[:20]]
    rows = [
        row(f"gn:{100 * number + copy}", name, (33 + copy + number / 3000, 36 + copy), "PPL", "SY", population=500)
        for number, name in enumerate(names)
        for copy in range(4)
    ]
    crowded = Locator(Gazetteer(compile_index(merge_rows(rows), "test-crowded")))
    report = report_of(", ".join(names))
    assert len(crowded.locate(report)) > 1_000
    tracemalloc.start()
    crowded.locate(report)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150e6  # each candidate beside each would be 155 MB, several times over


def test_memory_does_not_grow_with_the_length_of_a_text_in_one_line(locator):
    peaks = []
    for times in (2, 8):
        text = "nothing but words of no account, and then some more of them " * (8_000 * times)
        tracemalloc.start()
        assert located(locator, text) == []
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]


def test_a_quarter_is_not_meant_far_from_its_town(locator):
    near = "In Syria the army took Deir ez-Zor, Tabqa and Raqqa and the quarter of Harabish."
    assert ("Harabish", "tk:harabish") in located(locator, near)
    far = "In Syria the army took Homs and Al-Bab. Clashes went on in Harabish."
    assert ("Harabish", "tk:harabish") not in located(locator, far)


def test_a_capital_article_before_a_name_is_no_name_by_itself(cache):
    rows = [*ROWS, row("gn:50", "Al", (35.9, 39.1), "PPL", population=600), row("gn:51", "Kasra", (35.6, 39.9), "PPL")]
    made = Locator(Gazetteer(compile_index(merge_rows(rows), "test-article")))
    found = located(made, "In Syria the army took Raqqa, Al-Kasra and Deir ez-Zor.")
    assert found == [("Syria", "gn:1"), ("Raqqa", "gn:12"), ("Al-Kasra", "gn:51"), ("Deir ez-Zor", "gn:10")]


def test_a_province_may_be_of_second_order_where_no_other_bears_the_name(cache):
    rows = [*ROWS, row("gn:60", "Soum", (14.2, -1.3), "ADM2", "BF"), row("gn:61", "Soum", (47.0, 107.0), "PPL", "MN")]
    made = Locator(Gazetteer(compile_index(merge_rows(rows), "test-second")))
    assert ("Soum province", "gn:60") in located(made, "They attacked villages in Soum province.")
    assert ("Raqqa province", "gn:13") in located(made, "They attacked villages in Raqqa province.")


def test_a_report_of_fighting_means_no_hamlet_on_the_other_side_of_the_world(cache):
    rows = [*ROWS, row("gn:70", "Progress", (40.3, -76.8), "PPL", "US", population=9800)]
    made = Locator(Gazetteer(compile_index(merge_rows(rows), "test-afar")))
    report = "In Syria the troops captured Raqqa, Tabqa and Deir ez-Zor and the village of Progress."
    assert ("Progress", None) in located(made, report)
    assert ("Progress", "gn:70") in located(made, "The fair in the village of Progress was a success.")


def test_an_arabic_compound_is_one_name_where_what_follows_the_article_is_known(cache):
    rows = [*ROWS, row("gn:80", "Ras", (34.0, 36.5), "PPL"), row("gn:81", "Meron", (33.0, 35.4), "PPL", "IL")]
    made = Locator(Gazetteer(compile_index(merge_rows(rows), "test-compound")))
    assert ("Maroun al-Ras", None) in located(made, "In Syria they fought in Maroun al-Ras, Homs and Raqqa.")
    found = located(made, "In Syria Rebels al-Bab, Homs and Raqqa; in Syria Ahmad al-Bab said so.")
    assert {text for text, _ in found} <= {"Syria", "al-Bab", "Homs", "Raqqa"}


def test_a_town_that_a_country_is_only_spelt_like_is_no_place_that_the_report_names(cache):
    rows = [*ROWS, row("gn:90", "Hīt", (33.64, 42.83), "PPL", "IQ", population=30000)]
    rows.append(row("gn:91", "Iraq", (34.1, 49.7), "PPL", "IR", population=500000))
    made = Locator(Gazetteer(compile_index(merge_rows(rows), "test-single")))
    assert located(made, "In Iraq, government forces recaptured Heet on Tuesday.") == [
        ("Iraq", "gn:2"),
        ("Heet", "gn:90"),
    ]


def test_a_known_word_and_one_that_is_not_known_are_one_name_where_the_country_has_that(cache):
    rows = [*ROWS, row("osm:a", "Umrah", (35.8, 36.1), "PPL"), row("osm:b", "Umrah `Saraf", (36.0, 37.0), "PPL")]
    made = Locator(Gazetteer(compile_index(merge_rows(rows), "test-longer")))
    assert ("Umrah Saraf", "osm:b") in located(made, "In Syria, government forces captured Umrah Saraf on Friday.")
    assert ("Umrah", "osm:a") in located(made, "In Syria, government forces captured Umrah on Friday.")


def test_the_joint_of_a_persian_name_is_part_of_it(cache):
    rows = [*ROWS, row("gn:92", "Qala i Naw", (34.99, 63.13), "PPL", "AF", population=9000)]
    rows += [row("gn:93", "Afghanistan", (33.0, 65.0), "PCLI", "AF"), row("gn:94", "Qala", (36.0, 14.3), "PPL", "MT")]
    made = Locator(Gazetteer(compile_index(merge_rows(rows), "test-joint")))
    found = located(made, "In Afghanistan, fighters captured Qala-e-Naw on Tuesday.")
    assert found == [("Afghanistan", "gn:93"), ("Qala-e-Naw", "gn:92")]


def test_of_two_villages_of_a_name_a_report_of_fighting_means_the_one_where_a_war_was_fought(cache):
    rows = [*ROWS, row("gn:95", "Ukraine", (49.0, 32.0), "PCLI", "UA")]
    rows += [row("osm:c", "Spirne", (50.5, 29.48), "PPL", "UA", admin1="13")]
    rows += [row("osm:d", "Spirne", (48.81, 38.25), "PPL", "UA", admin1="05")]
    made = Locator(Gazetteer(compile_index(merge_rows(rows), "test-fought-over")))
    assert ("Spirne", "osm:d") in located(made, "In Ukraine, Russian forces captured Spirne on Friday.")


def test_a_district_lies_in_the_area_that_the_report_names_where_it_names_no_town(cache):
    rows = [*ROWS, row("gn:110", "Afghanistan", (33.9, 66.0), "PCLI", "AF", population=30000000)]
    rows += [row("gn:111", "Panjshir", (35.4, 69.8), "ADM1", "AF", admin1="42", population=150000)]
    rows += [row("gn:112", "Paryan", (35.2, 69.4), "PPL", "AF", admin1="42")]
    made = Locator(Gazetteer(compile_index(merge_rows(rows), "test-district")))
    inside = located(made, "In Panjshir province, fighters took Paryan district in Afghanistan.")
    assert ("Paryan", "gn:112") in inside
    elsewhere = located(made, "In Afghanistan, fighters took Homs, Raqqa and the Paryan quarter.")
    assert ("Paryan", "gn:112") not in elsewhere
