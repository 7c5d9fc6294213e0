"""Who is trusted how far, and what counts once."""

from __future__ import annotations

from random import Random

import pytest
from claimkit import claim, day
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import InputError
from tracker.states import Source, SourceIndex, fuse
from tracker.states.copies import cluster_copies, same_words
from tracker.states.timing import claim_bounds

FAVOURS = {"friend": frozenset({"syrian_government"}), "nobody": frozenset[str]()}
WORDS = "Government troops entered the last quarter and took the whole town on Monday, residents said."


def test_the_shipped_sources_obey_their_own_rules() -> None:
    index = SourceIndex.load()
    assert index.named("afp").reliability == "B"
    assert index.named("Agence France-Presse").source_id == "afp"
    assert all(source.basis for source in index.sources)
    names = [name.casefold() for source in index.sources for name in source.names]
    assert len(names) == len(set(names))


def test_a_quoted_source_lends_its_grade_and_its_leaning() -> None:
    index = SourceIndex.load()
    quoted = index.of(claim("gains", "syrian_government", source="AFP", attributed_to="state news agency SANA"))
    assert quoted == (0.55, frozenset({"syrian_government"}))
    assert index.of(claim("gains", "syrian_government", source="AFP")) == (0.85, frozenset())


def test_a_project_grades_its_own_sources(tmp_path) -> None:
    own = tmp_path / "sources.toml"
    own.write_text('[[source]]\nid = "x"\nnames = ["Paper X"]\nreliability = "A"\n')
    assert SourceIndex.load(own).named("paper x").reliability == "A"
    own.write_text('[[source]]\nid = "x"\nnames = ["Paper X"]\nreliability = "Z"\n')
    with pytest.raises(InputError, match="has the grade 'Z'"):
        SourceIndex.load(own)
    own.write_text("[[source")
    with pytest.raises(InputError, match="is no TOML"):
        SourceIndex.load(own)


def test_a_boast_that_another_confirms_counts_in_full() -> None:
    sana = claim("gains", "syrian_government", report="a", source="SANA")
    afp = claim("gains", "syrian_government", report="b", source="AFP", quote=WORDS)
    index = SourceIndex([Source(source_id="sana", names=("SANA",), reliability="D")])  # the same, but leaning nowhere
    assert fuse([sana], sources=index)[0].probability > fuse([sana])[0].probability
    unbiased = SourceIndex([*index.sources, Source(source_id="afp", names=("AFP",), reliability="B")])
    assert fuse([sana, afp])[0].probability == fuse([sana, afp], sources=unbiased)[0].probability


def test_a_side_that_praises_itself_weighs_less_than_one_that_is_told_of() -> None:
    own_words = claim("gains", "brigade", attributed_to="a brigade commander")
    assert fuse([own_words])[0].probability < fuse([claim("gains", "brigade")])[0].probability


def test_the_confidence_of_a_state_counts_whose_interest_it_is() -> None:
    def confidence(kind: str, source: str) -> float:
        return fuse([claim(kind, "syrian_government", source=source)], sources=index)[0].confidence

    rows = [Source(source_id=i, names=(i,), reliability="D", favours=f) for i, f in FAVOURS.items()]
    index = SourceIndex(rows)
    assert confidence("gains", "friend") < confidence("gains", "nobody") == confidence("loses", "nobody")
    assert confidence("loses", "friend") > confidence("loses", "nobody")


def test_a_reason_tells_hearsay_and_whose_interest_it_is() -> None:
    boast = claim("gains", "syrian_government", source="SANA", modality="hedged", counter="rebels")
    admission = claim("loses", "syrian_government", "opole", source="SANA")
    shares = claim("holds", "sdf", "raqqa", fraction=(0.5, 1.0))
    reasons = [s.reason for s in fuse([boast, admission, shares])]
    assert reasons[0] == "Held by Rebels. Taken from Rebels on 2017-09-05 (SANA)."
    assert "Reportedly taken by Syrian government from Rebels on 2017-09-05 (SANA, in its own interest)" in reasons[1]
    assert "Lost by Syrian government on 2017-09-05 (SANA, against its own interest)." in reasons[2]
    assert "At least 50 percent of it said to be held by SDF" in reasons[3]


def test_of_copies_printed_on_one_day_the_most_reliable_leads() -> None:
    first = claim("gains", "army", report="z", source="AFP", quote=WORDS)
    copies = [claim("gains", "army", report=f"c{i:04}", source=f"paper {i}", quote=WORDS) for i in range(99)]
    (alone,), (among,) = fuse([first]), fuse([first, *copies])
    assert (among.probability, among.confidence, among.n_sources) == (alone.probability, alone.confidence, 1)
    assert "(AFP and 99 copies)" in among.reason


def test_copies_come_from_other_reports_of_the_same_week() -> None:
    first = claim("gains", "army", report="a", quote=WORDS, published="2017-09-05")
    wired = claim("gains", "army", report="b", quote=WORDS.upper(), published="2017-09-07", source="B")
    later = claim("gains", "army", report="c", quote=WORDS, published="2017-11-05", source="C")
    other = claim("gains", "rebels", report="d", quote=WORDS, source="D")
    assert [[c.report_id for c in cluster] for cluster in cluster_copies([later, other, wired, first])] in (
        [["a", "b"], ["d"], ["c"]],
        [["d"], ["a", "b"], ["c"]],
    )


def test_a_report_is_no_copy_of_itself() -> None:
    twice = [
        claim("holds", "army", report="a", quote=WORDS, at=0),
        claim("holds", "army", report="a", quote=WORDS, at=200),
    ]
    assert len(cluster_copies(twice)) == 2


def test_an_edited_copy_is_a_copy_and_another_sentence_is_not() -> None:
    assert same_words(WORDS, WORDS.replace("residents said", "residents told reporters"))
    assert same_words(WORDS, WORDS.replace("Monday", "monday"))
    assert not same_words(WORDS, "Rebels left the last quarter, and the town was quiet on Monday, residents said.")


VOCABULARY = ["army", "took", "the", "town", "rebels", "left", "on", "monday"]


def one_by_one(told) -> list[list[str]]:
    """Put copies together by comparing each quote with every leader."""
    clusters: list[list] = []
    for c in sorted(told, key=lambda c: (c.published, c.claim_id)):
        for cluster in clusters:
            lead = cluster[0]
            near = (c.published - lead.published).days <= 7 and lead.report_id != c.report_id
            if near and same_words(lead.quote, c.quote):
                cluster.append(c)
                break
        else:
            clusters.append([c])
    return sorted(sorted(c.claim_id for c in cluster) for cluster in clusters)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(VOCABULARY), min_size=4, max_size=14), st.integers(0, 3), st.integers(1, 28)
        ),
        max_size=14,
    )
)
def test_looking_only_at_rare_words_misses_no_copy(rows) -> None:
    base = ["army"] * 3 + VOCABULARY
    told = [
        claim("gains", "army", report=f"r{report}", quote=" ".join([*base, *words] if len(words) < 8 else words), at=n,
              published=f"2017-09-{day:02}")
        for n, (words, report, day) in enumerate(rows)
    ]  # fmt: skip
    assert sorted(sorted(c.claim_id for c in cluster) for cluster in cluster_copies(told)) == one_by_one(told)


def test_thousands_of_reports_of_one_thing_are_compared_in_seconds() -> None:
    random = Random(1)
    quotes = [" ".join(random.choice(VOCABULARY) + str(random.randrange(9)) for _ in range(18)) for _ in range(3000)]
    told = [claim("gains", "army", report=f"r{i}", quote=q, published="2017-09-05") for i, q in enumerate(quotes)]
    copies = [claim("gains", "army", report=f"c{i}", quote=quotes[i % 3], source=f"s{i}") for i in range(3000)]
    assert len(cluster_copies([*told, *copies])) == 3000


@settings(deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_arrival_makes_no_other_clusters(order) -> None:
    told = [
        claim("gains", "army", report=f"r{i}", quote=WORDS if i % 2 else WORDS[::-1], published=f"2017-09-0{i + 1}")
        for i in range(6)
    ]
    assert cluster_copies([told[i] for i in order]) == cluster_copies(told)


@pytest.mark.parametrize(
    ("date", "start", "stop"),
    [
        ("2016-02-29", "2016-02-29", "2016-03-01"),
        ("2016", "2016-01-01", "2017-01-01"),
        ("../2016-02-29", None, "2016-03-01"),
        (None, None, "2016-06-02"),
        ("2016-06-02", "2016-06-02", "2016-06-03"),  # a local tomorrow
        ("2016-07-01", None, "2016-06-02"),  # after its own report: a mistake of dating
    ],
)
def test_a_claim_speaks_of_days_up_to_its_report(date, start, stop) -> None:
    bounds = claim_bounds(claim("gains", "army", date=date, published="2016-06-01"))
    assert bounds == (start and day(start), stop and day(stop))
