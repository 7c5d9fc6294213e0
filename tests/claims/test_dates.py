"""Dates mean what a careful reader takes them to mean."""

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims.dates import scanning
from tracker.claims.dates.mentions import DateKind, find_dates
from tracker.model import edtf_bounds

TUESDAY = dt.date(2017, 9, 5)


def values(text: str, published: dt.date | None = None, title: str | None = None) -> list[tuple[str, str | None]]:
    return [(date.text, date.edtf) for date in find_dates(text, published=published, title=title)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It fell on 3 March 2016.", "2016-03-03"),
        ("It fell on March 3, 2016.", "2016-03-03"),
        ("It fell on Sept. 3rd, 2016.", "2016-09-03"),
        ("It fell on 03.09.2016.", "2016-09-03"),
        ("It fell in late June 2015.", "2015-06"),
        ("It fell in early 2014.", "2014"),
        ("It fell in the summer of 2015.", "2015-22"),
        ("It has been held since mid-2014.", "2014/.."),
        ("It was held until 3 March 2016.", "../2016-03-03"),
        ("By 3 March 2016 it had fallen.", "../2016-03-03"),
        ("There was fighting between 3 and 5 May 2016.", "2016-05-03/2016-05-05"),
        ("There was fighting from 28 December to 3 January 2016.", "2015-12-28/2016-01-03"),
    ],
)
def test_a_full_date_needs_nothing_else(text: str, edtf: str) -> None:
    (found,) = values(text)
    assert found[1] == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It fell on Tuesday.", "2017-09-05"),
        ("It fell on Wednesday.", "2017-08-30"),
        ("It fell yesterday.", "2017-09-04"),
        ("It fell last month.", "2017-08"),
        ("It fell early this year.", "2017"),
        ("It fell three days ago.", "2017-09-02"),
        ("It fell in recent weeks.", "../2017-09-05"),
        ("It has been besieged for over two years.", "../2015-09-05"),
        ("It fell on 25 December.", "2016-12-25"),
    ],
)
def test_a_relative_date_is_reckoned_from_publication(text: str, edtf: str) -> None:
    (found,) = values(text, TUESDAY)
    assert found[1] == edtf


def test_without_publication_a_weekday_stays_open() -> None:
    assert values("It fell on Tuesday.") == [("Tuesday", None)]


def test_the_story_carries_its_year_over_the_turn() -> None:
    text = "In December 2013 the town fell. On 4 January it was retaken. The next day it fell again."
    assert [edtf for _, edtf in values(text)] == ["2013-12", "2014-01-04", "2014-01-05"]


def test_a_look_back_does_not_move_the_story() -> None:
    text = "On 4 May 2016 the army took the hill, which rebels had captured in July 2012. The next day it took the dam."
    assert [edtf for _, edtf in values(text)] == ["2016-05-04", "2012-07", "2016-05-05"]


def test_a_title_lends_its_year_behind_what_was_long_before() -> None:
    told = values("It was built in 1992. It was quiet. In May it fell.", title="Battle of the hill (2016)")
    assert told == [("1992", "1992"), ("May", "2016-05")]
    assert values("It was built in 1992. In May it fell.", title="The hill (2016)")[-1] == ("May", "1992-05")
    assert values("It rose in 2015. It was quiet. In May it fell.", title="The hill (2016)")[-1] == ("May", "2015-05")


def test_a_title_lends_its_year() -> None:
    assert values("On 4 May it fell.", title="Battle of the hill (2016)") == [("4 May", "2016-05-04")]


def test_a_first_time_since_dates_nothing() -> None:
    (date,) = find_dates("The road was open for the first time since 2014.", published=None)
    assert date.kind is DateKind.ASIDE


def test_numbers_and_verbs_are_no_dates() -> None:
    assert values("They may march on 2,014 men; 2000 fighters may be there.") == []


def test_what_lies_before_the_years_that_are_written_has_no_value() -> None:
    (date,) = find_dates("It fell 999 decades ago.", published=dt.date(2016, 5, 1))
    assert (date.text, date.edtf) == ("999 decades ago", None)


WORDS = [
    "on", "in", "since", "by", "between", "from", "the", "next", "day", "5", "31", "29", "2016", "May", "and", "to",
    "-", "Tuesday", "two", "weeks", "later", "ago", "last", "month", "early", "late", "summer", "of", "for", "over",
    "9999", "years", "999", "decades", "same", "12th", "2016-02-30", "31.12.2015", "half", "a", "following", "first",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=100), st.none() | st.dates())
def test_dates_slice_back_do_not_overlap_and_are_edtf(text: str, published: dt.date | None) -> None:
    at = 0
    for date in find_dates(text, published=published):
        assert at <= date.start < date.end <= len(text)
        assert text[date.start : date.end] == date.text
        at = date.end
        for value in (date.edtf, date.point):
            if value is not None:
                edtf_bounds(value)


@pytest.mark.parametrize(
    "piece", ["5 May ", "on the ", "the next day ", "2016-", "two years ", "Tuesday, ", "in early May ", "9"]
)
def test_a_long_text_of_dates_takes_linear_time(piece: str) -> None:
    text = piece * (80_000 // len(piece))
    short = text[: len(text) // 8]
    find_dates(short, published=TUESDAY)
    begin = time.process_time()
    find_dates(short, published=TUESDAY)
    middle = time.process_time()
    find_dates(text, published=TUESDAY)
    end = time.process_time()
    assert end - middle < 8 * 3 * (middle - begin) + 0.5


def test_news_and_history_date_differently() -> None:
    history = "On 4 August the town was shelled. On 9 December 2012 it fell."
    news = "On Tuesday the town was shelled. It fell on 4 August. The first shells came on 9 December 2012."
    assert [edtf for _, edtf in values(history, TUESDAY)] == ["2012-08-04", "2012-12-09"]
    background = "The operation began on 4 August. The town has been a stronghold since June 2014."
    assert [edtf for _, edtf in values(background, TUESDAY)] == ["2017-08-04", "2014-06/.."]
    assert [edtf for _, edtf in values(news, TUESDAY)] == ["2017-09-05", "2017-08-04", "2012-12-09"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It fell between December 2011 and January 2012.", "2011-12/2012-01"),
        ("It fell as of June 14, 2023.", "2023-06-14"),
        ("It fell during the 2016 Morla offensive.", "2016"),
        ("It fell in September last year.", "2016-09"),
        ("It fell two weeks ago.", "2017-08-22~"),
        ("It fell last week.", "2017-08-28/2017-09-03"),
        ("It has been held for three months.", "2017-06~/2017-09-05"),
    ],
)
def test_spans_and_modifiers_are_read_together(text: str, edtf: str) -> None:
    (found,) = values(text, TUESDAY)
    assert found[1] == edtf


@pytest.mark.parametrize(
    "text",
    ["5 сентября 2017 года", "5 вересня 2017 року", "le 5 septembre 2017", "في 5 سبتمبر 2017", "في 5 أيلول 2017"],
)
def test_a_day_in_another_language_is_the_same_day(text: str) -> None:
    assert [edtf for _, edtf in values(text)] == ["2017-09-05"]


_BITS = (
    "the of in on by early late mid end start May march 5 12th 2014 2015-16 March April Sept. September to until - –",
    "last this next week month year years days ago later after before 3 three few within same that day night previous",
    "1990s 2010s weekend summer now today Monday Tuesday , . at present second half first",
)


@given(st.lists(st.sampled_from(" ".join(_BITS).split()), max_size=40).map(" ".join))
def test_a_pattern_is_only_left_out_where_it_finds_nothing(text: str) -> None:
    windows, _ = scanning._windows(text)
    everywhere = [
        (rank, name, match.span())
        for need, patterns in scanning._by_need()
        for start, end in windows.get(need, ())
        for rank, name, pattern in patterns
        for match in pattern.finditer(text, start, end)
    ]
    assert sorted((rank, name, match.span()) for rank, name, match in scanning._matches(text)) == sorted(everywhere)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("The lake town had no water from 2 May 2022. The following day it fell.", "2022-05-03"),
        ("It had been shelled since 2 May 2022. A day later it fell.", "2022-05-03"),
        ("Until 2 May 2022 the road was open. Two days later it fell.", "2022-05-04"),
        ("On 9 May 2022 they came. It had been shelled since 2 May 2022. The next day it fell.", "2022-05-10"),
    ],
)
def test_the_next_day_is_that_after_the_day_named_last_where_the_story_has_none(text: str, edtf: str) -> None:
    assert values(text)[-1][1] == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("On 3 September it fell. It was a key town of the 2022 Morla counteroffensive.", "2022-09-03"),
        ("On 3 September it fell. The campaign of 2022 was over.", "2022-09-03"),
        ("On 3 September it fell. The army had held it since the 2022 invasion.", None),
        ("On 3 September it fell. A 2022 census counted few people there.", None),
        ("On 3 September it fell. The 2021 offensive had failed, and so did that of 2022.", None),
    ],
)
def test_a_day_takes_the_year_of_the_one_event_that_the_text_calls_by_its_year(text: str, edtf: str | None) -> None:
    assert values(text)[0][1] == edtf
