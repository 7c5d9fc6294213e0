"""Sides are found by name, by demonym and by the nouns that the theatre explains."""

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims.actors.data import Form
from tracker.claims.actors.index import ActorIndex
from tracker.claims.dates.days import StoryDays
from tracker.claims.dates.mentions import find_dates
from tracker.claims.sentences import split_sentences
from tracker.errors import InputError, UnknownActorError

SYRIA = frozenset(["SY"])
IRAQ = frozenset(["IQ"])
UKRAINE = frozenset(["UA"])
KEYS = [
    "syrian_government", "islamic_state", "sdf", "syrian_opposition", "hts", "turkey", "sna", "iraqi_government", "pmf",
    "peshmerga", "hezbollah", "us_coalition", "israel", "russia", "ukraine", "separatists",
]  # fmt: skip


@pytest.fixture(scope="module")
def actors() -> ActorIndex:
    return ActorIndex.load()


def sides(actors: ActorIndex, text: str, *codes: str) -> list[tuple[str, str | None]]:
    return [(m.text, m.actor_id) for m in actors.find(text, countries=frozenset(codes))]


def test_every_key_of_the_contract_is_an_actor_with_a_colour(actors: ActorIndex) -> None:
    assert set(KEYS) <= set(actors)
    assert all(actors[key].colour.startswith("#") and actors[key].name for key in actors)


def test_the_sides_of_one_war_have_different_colours(actors: ActorIndex) -> None:
    colours = [actors[key].colour for key in KEYS]
    assert len(set(colours)) == len(colours)


def test_anyone_else_is_an_actor_too_and_keeps_its_colour(actors: ActorIndex) -> None:
    assert actors["other:army of morla"].name == "Army of Morla"
    assert actors["other:army of morla"].colour == actors["other:army of morla"].colour


def test_a_misspelled_key_is_no_actor(actors: ActorIndex) -> None:
    assert "syrian_goverment" not in actors
    with pytest.raises(UnknownActorError, match="syrian_government"):
        actors["syrian_goverment"]


def test_the_government_is_that_of_the_time_told_of(actors: ActorIndex) -> None:
    text = "Government forces held Morla. On 30 March 2011 government forces retook it. In 2017 government forces fled."
    dates = find_dates(text, published=dt.date(2020, 1, 1))
    days = StoryDays(split_sentences(text), dates, dt.date(2020, 1, 1))
    told = [m.actor_id for m in actors.find(text, on=days.at, countries=frozenset(["LY"]))]
    assert told == ["other:gaddafi"] * 2 + ["other:government of national accord (gna)"]


def test_the_verb_is_never_the_islamic_state(actors: ActorIndex) -> None:
    assert sides(actors, "The dam is in IS hands.", "SY") == [("IS", "islamic_state")]
    assert sides(actors, "THE DAM IS IN THEIR HANDS.", "SY") == []


@pytest.mark.parametrize(
    ("text", "country", "side"),
    [
        ("The army entered Morla.", "SY", "syrian_government"),
        ("The army entered Morla.", "IQ", "iraqi_government"),
        ("The army entered Morla.", "UA", "ukraine"),
        ("The army entered Morla.", "SD", "other:sudanese armed forces (saf)"),
        ("The rebels entered Morla.", "SY", "syrian_opposition"),
        ("The rebels entered Morla.", "UA", "separatists"),
        ("The rebels entered Morla.", "YE", "other:houthis"),
        ("Kurdish forces entered Morla.", "SY", "sdf"),
        ("Kurdish forces entered Morla.", "IQ", "peshmerga"),
        ("Regime loyalists entered Morla.", "SY", "syrian_government"),
        ("The occupiers entered Morla.", "UA", "russia"),
        ("Pro-Russian fighters entered Morla.", "UA", "separatists"),
        ("The paramilitaries entered Morla.", "SD", "other:rapid support forces (rsf)"),
        ("The separatists entered Morla.", "YE", "other:southern transitional council (stc)"),
        ("Haftar's forces entered Morla.", "LY", "other:libyan national army (lna)"),
        ("The SPLA recaptured Morla.", "SS", "other:south sudan"),
        ("Gadet's troops overran the camps.", "SS", "other:sudan people's liberation movement in opposition (splm-io)"),
    ],
)
def test_a_common_noun_means_the_side_of_its_theatre(actors: ActorIndex, text: str, country: str, side: str) -> None:
    assert [m.actor_id for m in actors.find(text, countries=frozenset([country]))] == [side]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Syria's army", "syrian_government"),
        ("Syrian government forces", "syrian_government"),
        ("the Russian army", "russia"),
        ("Ukrainian paratroopers", "ukraine"),
        ("Iraqi Kurdish forces", "peshmerga"),
        ("Turkish-backed rebels", "sna"),
        ("the US-backed SDF", "sdf"),
        ("Islamic State group fighters", "islamic_state"),
        ("the Al-Nusra Front", "hts"),
        ("Hay’at Tahrir al-Shām", "hts"),
        ("fighters of the Ahrar al-Sham", "syrian_opposition"),
        ("forces loyal to Assad", "syrian_government"),
        ("Chadian troops", "other:chad"),
        ("the Serbian Army", "other:serbia"),
        ("Soviet troops", "other:soviet union"),
        ("Ansar Allah", "other:houthis"),
        ("قوات سوريا الديمقراطية", "sdf"),
    ],
)
def test_a_name_or_demonym_needs_no_theatre(actors: ActorIndex, text: str, side: str) -> None:
    (mention,) = actors.find(text)
    assert (mention.actor_id, mention.end) == (side, len(text))


def test_a_side_named_before_explains_the_noun(actors: ActorIndex) -> None:
    text = "The Nusra Front and IS fought. The jihadists won."
    assert actors.find(text, countries=SYRIA)[-1].actor_id == "islamic_state"
    text = "IS and the Nusra Front fought. The jihadists won."
    assert actors.find(text, countries=SYRIA)[-1].actor_id == "hts"


def test_without_a_theatre_a_noun_stays_open(actors: ActorIndex) -> None:
    (mention,) = actors.find("The rebels entered Morla.")
    assert mention.actor_id is None
    assert mention.generic
    assert {"syrian_opposition", "separatists"} <= set(mention.candidates)


def test_troops_alone_have_no_side(actors: ActorIndex) -> None:
    (mention,) = actors.find("The troops entered Morla.", countries=SYRIA)
    assert (mention.form, mention.actor_id, mention.candidates) == (Form.BARE, None, ())


def test_what_hangs_on_held_is_an_attribute(actors: ActorIndex) -> None:
    text = "rebel-held, IS-controlled, government-held and Russian-occupied quarters"
    found = actors.find(text, countries=SYRIA)
    assert [(m.text, m.attributive) for m in found] == [
        ("rebel", True), ("IS", True), ("government", True), ("Russian", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Army of Morla took it.", "Army of Morla"),
        ("Liwa al-Morla took it.", "Liwa al-Morla"),
        ("The Morla Falcons Brigade took it.", "Morla Falcons Brigade"),
    ],
)
def test_an_organisation_that_nobody_listed_is_found_by_its_shape(actors: ActorIndex, text: str, name: str) -> None:
    (mention,) = actors.find(text)
    assert (mention.text, mention.actor_id) == (name, f"other:{name.lower()}")


def test_a_base_with_a_number_is_no_organisation(actors: ActorIndex) -> None:
    assert sides(actors, "They reached Brigade 137.", "SY") == []


def test_the_mandate_of_a_word_ends_with_its_period(actors: ActorIndex) -> None:
    text = "The army entered Morla."
    before = actors.find(text, on=dt.date(2020, 1, 1), countries=SYRIA)
    after = actors.find(text, on=dt.date(2025, 1, 1), countries=SYRIA)
    assert [m.actor_id for m in (*before, *after)] == ["syrian_government", "other:syrian transitional government"]


def test_demonyms_agencies_and_titled_persons_are_masked_but_countries_are_not(actors: ActorIndex) -> None:
    text = "Turkish Colonel Adana told AFP that Syria was quiet near Morla."
    assert [text[a:b] for a, b in actors.masks(text)] == ["Turkish", "Colonel Adana", "AFP"]


def test_a_theatre_file_without_colour_is_refused(tmp_path, actors: ActorIndex) -> None:
    path = tmp_path / "morla.toml"
    path.write_text('[theatre]\ncountries = ["ZZ"]\n[[actor]]\nid = "other:x"\nname = "X"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"morla\.toml: an actor has no colour"):
        ActorIndex.load([path])


WORDS = [
    "the", "IS", "is", "army", "rebels", "Syria", "'s", "Syrian", "-held", "U.S.", "forces", "of", "Army", "Morla", ".",
    ",", "\n", "Turkish", "-", "backed", "’", "Ahrar", "al", "Sham", "80th", "É", "İ",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.text(max_size=200))
def test_mentions_slice_back_and_do_not_overlap(text: str) -> None:
    actors = ActorIndex.load()
    at = 0
    for mention in actors.find(text):
        assert at <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        at = mention.end
    at = 0
    for start, end in actors.masks(text):
        assert at <= start < end <= len(text)
        at = end


@pytest.mark.parametrize(
    "piece", ["the Syrian Army of ", "Liwa al-", "General ", "rebels of ", "A", "IS", "- ", "Syrian "]
)
def test_a_megabyte_of_anything_takes_linear_time(actors: ActorIndex, piece: str) -> None:
    text = piece * (100_000 // len(piece))
    short = text[: len(text) // 8]
    actors.find(short)
    begin = time.process_time()
    actors.find(short + ".")
    middle = time.process_time()
    actors.find(text + ".")
    end = time.process_time()
    assert end - middle < 8 * 3 * (middle - begin) + 0.5


@pytest.mark.parametrize(
    ("country", "text", "expected"),
    [
        (
            "YE",
            "Houthi fighters drove Hadi's government from the port; AQAP stayed out.",
            ["other:houthis", "other:yemen", "other:al-qaeda in the arabian peninsula (aqap)"],
        ),
        (
            "LY",
            "GNA forces retook the airbase from the LNA, which had held it since the jihadists left.",
            ["other:government of national accord (gna)", "other:libyan national army (lna)", "islamic_state"],
        ),
        (
            "SD",
            "The RSF took the town from the army, the army said; SPLM-N kept out.",
            [
                "other:rapid support forces (rsf)",
                *["other:sudanese armed forces (saf)"] * 2,
                "other:sudan people's liberation movement-north (splm-n)",
            ],
        ),
    ],
)  # fmt: skip
def test_a_theatre_is_data(actors: ActorIndex, country: str, text: str, expected: list[str]) -> None:
    assert [m.actor_id for m in actors.find(text, countries=frozenset([country]))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The JNA left Morla to Bosnian Serb forces.", ["other:yugoslav people's army (jna)", "other:bosnian serbs"]),
        ("Tigrayan forces met Eritrean troops.", ["other:tigrayan forces (tplf)", "other:eritrea"]),
        ("The M23 rebels met the Congolese army.", ["other:march 23 movement (m23)", "other:congo"]),
        ("Azerbaijani forces met Armenian forces.", ["other:azerbaijan", "other:armenia"]),
        ("The Red Army met German troops.", ["other:soviet union", "other:germany"]),
        ("The Egyptian army met Ansar Beit al-Morla.", ["other:egypt", "other:ansar beit al-morla"]),
    ],
)
def test_other_wars_are_read_by_the_same_rules(actors: ActorIndex, text: str, expected: list[str]) -> None:
    assert [m.actor_id for m in actors.find(text)] == expected


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The Ukrainian 4th Rapid Reaction Brigade took it.", "ukraine"),
        ("The British Eighth Army took it.", "other:united kingdom"),
        ("The Imperial Japanese Army took it.", "other:japan"),
        ("The Armed Forces of the Philippines took it.", "other:philippines"),
        ("Al shabaab militants took it.", "other:al-shabaab"),
        ("Bosnian Serb artillery units took it.", "other:bosnian serbs"),
    ],
)
def test_units_and_loose_spellings_are_known_by_their_side(text, actor) -> None:
    assert actor in {mention.actor_id for mention in ActorIndex.load().find(text)}


def test_an_ally_fights_for_its_coalition_in_a_theatre_that_says_so(actors: ActorIndex) -> None:
    assert [m.actor_id for m in actors.find("British forces took Basra in Iraq.", countries=frozenset(["IQ"]))][:1] == [
        "us_coalition"
    ]
    assert [m.actor_id for m in actors.find("British forces took Tobruk.")][:1] == ["other:united kingdom"]


def test_a_union_of_states_speaks_alone_and_fights_with_its_troops() -> None:
    index = ActorIndex.load()
    assert index.find("The United Nations condemned it.") == []
    assert [m.actor_id for m in index.find("United Nations troops entered it.")] == ["other:united nations"]


def test_government_troops_without_a_file_are_the_state_of_the_only_country() -> None:
    found = ActorIndex.load().find("Government troops retook it.", countries=frozenset({"PH"}))
    assert [mention.actor_id for mention in found] == ["other:philippines"]


def test_rebels_of_a_power_without_a_demonym_are_named_by_it() -> None:
    mentions = ActorIndex.load().find("101st Airborne, Allied Powers group")
    assert all(mention.actor_id is None or mention.actor_id.strip() for mention in mentions)


@pytest.mark.parametrize("dash", [" - ", " – ", " — ", " -- "])
def test_a_side_behind_a_dateline_is_no_part_of_it(actors: ActorIndex, dash: str) -> None:
    assert ("Ukraine's troops", "ukraine") in sides(actors, f"KYIV{dash}Ukraine's troops left the town.", "UA")


def test_a_town_whose_name_begins_as_a_group_s_does_is_none(actors: ActorIndex) -> None:
    assert sides(actors, "Lashkar Gah fell to the Taliban on Friday.", "AF") == [("Taliban", "other:taliban")]


def test_a_small_noun_behind_an_ordinal_is_a_unit() -> None:
    index = ActorIndex.load()
    found = index.find("The 36th brigade captured the town.")
    assert [(mention.text, mention.form) for mention in found] == [("36th brigade", Form.UNIT)]


@pytest.mark.parametrize("command", ["General Command of the Army", "Unified Military Command", "Supreme Command"])
def test_a_command_is_an_army_s_and_no_group(actors: ActorIndex, command: str) -> None:
    assert "other" not in {(m.actor_id or "").split(":")[0] for m in actors.find(f"The {command} said it took Dolna.")}
