import pytest

from tracker.places.gazetteer import Gazetteer
from tracker.places.lexicon import lexicon
from tracker.places.matching.matcher import name_key
from tracker.places.matching.name_table import name_table
from tracker.places.ranking.candidates import CandidateBook, Candidates
from tracker.places.ranking.facts import FIXED

SPELLINGS = ["Deir Ezzor", "Raqa", "Tel Rifat", "Nowhere at All", "Homs", "Dayr az-Zawr"]


@pytest.fixture(scope="module")
def table(syria: Gazetteer):
    return name_table(syria, lexicon())


@pytest.fixture
def book(syria: Gazetteer, table) -> CandidateBook:
    return CandidateBook(syria, table)


def named(book: CandidateBook, table, name: str) -> Candidates:
    entry = table.entry(name_key(name))
    book.read([entry])
    return book.exact(entry)


def facts_of(candidates: Candidates, place_id: str) -> dict[str, float]:
    rows = [row for row in range(len(candidates)) if candidates.place(row).place_id == place_id]
    return dict(zip(FIXED, candidates.facts.fixed[rows[0]].tolist(), strict=True))


def test_a_province_that_is_called_like_its_chief_town_yields_to_it(book, table) -> None:
    homs = named(book, table, "Homs")
    assert homs.place(0).place_id == "gn:169577"  # the town has more people than areas are known by
    assert facts_of(homs, "gn:169575")["seat"] == 1.0
    town = facts_of(homs, "gn:169577")
    assert (town["seat"], town["main_name"], town["exact"]) == (0.0, 1.0, 1.0)


def test_a_province_yields_no_more_where_it_is_called_one(book, table) -> None:
    taken = named(book, table, "Homs").taken_by(lexicon().kinds["adm1"])
    assert [taken.place(row).place_id for row in range(len(taken))] == ["gn:169575"]
    assert facts_of(taken, "gn:169575")["seat"] == 0.0
    assert facts_of(named(book, table, "Homs"), "gn:169575")["seat"] == 1.0


def test_many_names_looked_up_together_mean_what_each_means_alone(syria, table, book) -> None:
    book.read_spellings((name, None) for name in SPELLINGS)
    for name in SPELLINGS:
        alone = CandidateBook(syria, table)
        alone.read_spellings([(name, None)])
        one, other = alone.folded(name), book.folded(name)
        assert one.facts.ordinal.tolist() == other.facts.ordinal.tolist()
        assert one.facts.fixed.tolist() == other.facts.fixed.tolist()
    assert len(book.folded("Nowhere at All")) == 0
    assert "gn:170794" in {book.folded("Dayr az-Zawr").place(row).place_id for row in range(2)}


def test_a_name_with_a_type_word_is_looked_up_with_every_word_for_that_kind(book) -> None:
    airbase = next(cue for cue in lexicon().kinds.values() if "airbase" in cue.after)
    book.read_spellings([("Tabqa", airbase), ("Tabqa", None)])
    assert {feature[:3] for feature in book.folded("Tabqa", airbase).features} == {"AIR"}
    assert "PPL" in {feature[:3] for feature in book.folded("Tabqa").features}


def test_what_lies_elsewhere_is_left_out_of_a_theatre(book) -> None:
    book.read_spellings([("Zahra", None)])
    everywhere = book.folded("Zahra")
    in_iraq = book.inside(everywhere, frozenset({"IQ"}))
    assert set(everywhere.countries) == {"IQ", "SY"}
    assert set(in_iraq.countries) == {"IQ"}
    assert in_iraq.joined(everywhere).facts.ordinal.tolist()[: len(in_iraq)] == in_iraq.facts.ordinal.tolist()
    assert len(in_iraq.joined(everywhere)) == len(everywhere)


def test_a_name_is_no_other_spelling_of_a_sea(book) -> None:
    (alike,) = book.alike(["Khmer Rouge"])
    assert "" in alike.countries
    assert len(book.inside(alike, frozenset({"SY", "IQ"}))) == 0
