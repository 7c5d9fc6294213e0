"""What is worked out of many at once is what is worked out of few, by another way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.places.lexicon import lexicon
from tracker.places.ranking.codes import Codes, PairedCodes, Totals
from tracker.places.ranking.neighbours import Neighbours
from tracker.places.ranking.scores import scores

referent = st.lists(st.integers(0, 3), min_size=1, max_size=3)  # codes of its candidates
reports = st.lists(st.lists(referent, min_size=1, max_size=5), min_size=1, max_size=4)
shares = st.floats(0, 1)


@given(reports, st.integers(0, 1 << 20))
def test_pairs_of_candidates_tell_what_lies_in_one_country_as_sums_over_countries_do(listed, seed) -> None:
    referents = [(report, codes) for report, named in enumerate(listed) for codes in named]
    sizes = [len(codes) for _, codes in referents]
    codes = np.array([code for _, listed in referents for code in listed])
    segment = np.repeat(np.arange(len(referents)), sizes)
    report = np.repeat([report for report, _ in referents], sizes)
    firsts = np.searchsorted(report, np.arange(len(listed) + 1))
    mass = np.random.default_rng(seed).random(len(codes))
    near = Neighbours(np.ones((len(codes), 3)), segment, firsts)
    paired, summed = PairedCodes(codes, Totals(segment, report), near.mine, near.theirs), Codes(codes, segment, report)
    assert near.all_paired
    assert paired.others(mass) == pytest.approx(summed.others(mass), abs=1e-12)
    assert paired.share(mass) == pytest.approx(summed.share(mass), abs=1e-12)


@given(st.lists(st.tuples(shares, shares, st.booleans()), min_size=16, max_size=40))
def test_many_scores_are_what_each_is_by_itself(rows) -> None:
    weights = lexicon().weights["score"]
    many = scores(*map(list, zip(*[row[:2] for row in rows], strict=True)), weights, war=[row[2] for row in rows])
    each = [scores([belief], [share], weights, war=[war])[0] for belief, share, war in rows]
    assert many == pytest.approx(each)
