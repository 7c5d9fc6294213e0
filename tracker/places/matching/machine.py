"""
The walk over a page in machine code (numba): what `NameTable` does with arrays, word by word.

The words that names may begin with are gathered first, some at a time, and their cells of the table read at a stroke:
most of the time would go into waiting for these. Where the walk meets a word that is read in Python (see `odd_words`)
it stops, to go on when it is told what that says.

It is one file, and what may change is handed in: numba compiles anew what it kept when this file has changed, and does
not notice others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracker.machine_code import compiled
from tracker.places.matching.name_columns import LONGEST_ACRONYM, MOST_WORDS, VALUE_BITS
from tracker.places.matching.openings import GAP, LONGEST_ABBREVIATION, LONGEST_PARTICLE, SHORT
from tracker.places.matching.scan import LONGEST, LONGEST_ODD
from tracker.places.names.alphabet import BREAKING, PLANE, Kind
from tracker.places.names.numbers import BLEND, FIRST, FOLD, MIX, SECOND, SEED, UPPER_SEED
from tracker.places.names.odd_words import POSSESSIVE, TAIL_LEAST

__all__ = [
    "ARTICLES",
    "BEGUN",
    "BEYOND_ASCII",
    "BREAKS",
    "CAPITALS",
    "DONE",
    "FOUND",
    "GATHERED",
    "JOINING",
    "KIND",
    "MARKS",
    "STATE",
    "TELLING",
    "WANTED_END",
    "WHITE",
    "WHITENESS",
    "WORDS",
    "free_of_overlaps",
    "last_words",
    "spell",
    "survey",
    "walk",
]

DONE = -1
START, END, ENTRY = range(3)  # rows of finds
# Of a walk: the next character; finds, capitals and words so far; the end of a wanted word; what is read to be near.
STATE = _AT, FOUND, CAPITALS, WORDS, WANTED_END, _NEAR = range(6)
MARKS = WHITE, BREAKS, BEGUN, ARTICLES = range(4)  # rows of what `survey` sees
GATHERED = 32, 5  # words at a time, and what is kept of each
_BEGIN, _END, _NUMBER, _BARE, _WAY = range(5)
_INNER_ONLY, _PLAIN, _WITH_APOSTROPHE, _TOLD, _WANTED = range(
    5
)  # ways in which names may begin with a word, or how it was read
_ARTICLE, _ACRONYM, _WORD, _INSIDE = range(4)  # from where names may begin at a word
_LOWER, _ODD, _ODD_OPENING = Kind.LOWER, Kind.ODD, Kind.ODD_OPENING
_SPACELESS, _CAPITAL, _CASELESS, _APOSTROPHE = Kind.SPACELESS, Kind.CAPITAL, Kind.CASELESS, Kind.APOSTROPHE
_SPACE, _HYPHEN = Kind.SPACE, Kind.HYPHEN
# Where in a letter its kind stands, above its fold, and whether it is white space (see `alphabet.gaps`).
KIND, WHITENESS = np.uint32(16), np.uint32(24)
_FOUR_BITS, _FOLDED = np.uint32(15), np.uint32(0xFFFF)
# Bits of letters: it is not ASCII; names may begin at it; it may be a small word on a name (`folding.JOINED`).
BEYOND_ASCII, TELLING, JOINING = np.uint32(1 << 31), np.uint32(1 << 30), np.uint32(1 << 29)
_LETTER, _ZERO = np.uint64(16), np.uint64(0)
_SEED, _UPPER_SEED = np.uint64(SEED), np.uint64(UPPER_SEED)
_VALUE_BITS, _VALUE = np.uint64(VALUE_BITS), np.uint64((1 << VALUE_BITS) - 1)
_S, _A, _E = np.uint64(ord("s")), np.uint32(ord("a")), np.uint32(ord("e"))
_NOUGHT, _DIGITS = ord("0"), 10
_compiled = compiled(counted=False)
Letters = NDArray[np.uint32]
Whole = NDArray[np.int64]
Rows = NDArray[np.int32]
Hashes = NDArray[np.uint64]
Scalar = Any  # a number or a truth, of one of the compiler's types
Word = tuple[Scalar, Scalar, Scalar]
# The cells of a table and by how much a number is shifted to tell its own; the same of a table that lies over it,
# without cells when none does; entries of the first; `openings.JOINTS` and `openings.BEHIND_ARTICLE` by four kinds, and
# `openings.PARTICLE_LETTERS`. It is no class: kept machine code would not load any more once that had another name.
Names = tuple[Hashes, Scalar, Hashes, Scalar, Scalar, NDArray[np.uint8], Hashes]


@_compiled
def spell(codes: Letters, table: Letters, letters: Letters) -> None:
    """Write kind and fold of each character, which the table tells by code point."""
    for at in range(len(codes)):
        letters[at] = table[min(codes[at], np.uint32(PLANE))]


@_compiled
def survey(letters: Letters, marks: Whole, counts: Whole) -> None:
    """Write where white space, line ends, what begins behind them, and perhaps articles stand; see `Sheet`."""
    for at in range(len(letters)):
        white = letters[at] >> WHITENESS & _FOUR_BITS
        if white:
            marks[WHITE, counts[WHITE]] = at
            counts[WHITE] += 1
            if white == BREAKING:
                marks[BREAKS, counts[BREAKS]] = at
                counts[BREAKS] += 1
            if at + 1 < len(letters) and not letters[at + 1] >> WHITENESS & _FOUR_BITS:
                marks[BEGUN, counts[BEGUN]] = at + 1
                counts[BEGUN] += 1
        if _parts(letters, at) and _may_be_article(letters, at):  # in a text: there is room behind it
            marks[ARTICLES, counts[ARTICLES]] = at
            counts[ARTICLES] += 1


@_compiled
def _parts(letters: Letters, at: Scalar) -> Scalar:
    kind = _kind(letters, at)
    return kind == _SPACE or kind == _HYPHEN  # noqa: PLR1714 - quicker


@_compiled
def _may_be_article(letters: Letters, at: Scalar) -> Scalar:
    """Return whether an Arabic article may stand behind what parts two words; see `scan.Page.articles`."""
    vowel = letters[at + 1] & _FOLDED in (_A, _E)
    if not vowel or not (_parts(letters, at + 3) or _parts(letters, at + 4)):
        return False
    capital = max(_kind(letters, at + 4), _kind(letters, at + 5), _kind(letters, at + 6))
    return capital >= _ODD_OPENING


@_compiled
def _kind(letters: Letters, at: Scalar) -> Scalar:
    return letters[at] >> KIND & _FOUR_BITS


@_compiled
def _inside(letters: Letters, at: Scalar) -> Scalar:
    kind = _kind(letters, at)
    return kind >= _LOWER or (
        kind == _APOSTROPHE and _kind(letters, at - 1) >= _LOWER and _kind(letters, at + 1) >= _LOWER
    )


@_compiled
def _goes_on(letters: Letters, at: Scalar) -> Scalar:
    return _kind(letters, at) != _SPACELESS and _inside(letters, at)


@_compiled
def _end(letters: Letters, at: Scalar) -> Scalar:
    """Return where a word ends."""
    while _goes_on(letters, at):
        at += 1
    return at


@_compiled
def _start(letters: Letters, at: Scalar) -> Scalar:
    """Return where a word starts."""
    while _goes_on(letters, at - 1):
        at -= 1
    return at


@_compiled
def _opens(letters: Letters, at: Scalar) -> Scalar:
    """Return whether a word begins that a name may begin with; see `scan.Page.starts`."""
    kind = _kind(letters, at)
    begins = kind == _SPACELESS or _kind(letters, at - 1) == _SPACELESS or not _inside(letters, at - 1)
    return kind >= _ODD_OPENING and begins


@_compiled
def _elides(letters: Letters, at: Scalar) -> Scalar:
    """Return whether a name may begin behind an apostrophe ("d'Alep")."""
    return _kind(letters, at) == _APOSTROPHE and _kind(letters, at + 1) >= _ODD_OPENING and _inside(letters, at)


@_compiled
def _plain(letters: Letters, at: Scalar) -> Scalar:
    """Return whether a letter becomes one letter and stands in a script with spaces."""
    kind = _kind(letters, at)
    return kind >= _LOWER and kind not in (_ODD, _ODD_OPENING, _SPACELESS)


@_compiled
def _number(letters: Letters, start: Scalar, end: Scalar) -> Scalar:
    """Return the number of a word, the apostrophes in it set aside; see `numbers_of`."""
    number, head, tail, k, mixed = _ZERO, _ZERO, _ZERO, 0, False
    for at in range(start, end):
        if _kind(letters, at) == _APOSTROPHE:
            continue
        letter = np.uint64(letters[at] & _FOLDED)
        if k < 4:
            head |= letter << (_LETTER * np.uint64(k))
        else:
            tail |= letter << (_LETTER * np.uint64(k - 4))
        k += 1
        if k == 8:
            number += head * FIRST + tail * SECOND
            number = (number ^ number >> FOLD) * BLEND
            head, tail, k, mixed = _ZERO, _ZERO, 0, True
    if k or not mixed:
        number += head * FIRST + tail * SECOND
        number = (number ^ number >> FOLD) * BLEND
    return number


@_compiled
def _capital(letters: Letters, at: Scalar) -> Scalar:
    """Return whether a name may begin with a letter that becomes one; see `odd_words`."""
    kind = _kind(letters, at)
    return kind == _CAPITAL or kind == _CASELESS  # noqa: PLR1714 - quicker


@_compiled
def _read(letters: Letters, row: Rows, told: Hashes, start: Scalar) -> tuple[Scalar, ...]:
    """Return end, number, number without "'s", and how a word was read; see `scan.Page.read` and `odd_words`."""
    if _kind(letters, start) == _SPACELESS:
        return start + 1, _number(letters, start, start + 1), _ZERO, _PLAIN
    end, how, named = start, _PLAIN, False  # named: whether a name begins inside of it
    while True:
        if not _plain(letters, end):
            if _kind(letters, end) != _APOSTROPHE or not _inside(letters, end):
                break
            how = _WITH_APOSTROPHE
            named |= _capital(letters, end + 1) and (end == start + 1 or not _capital(letters, start))
        end += 1
    length = end - start
    named &= length >= TAIL_LEAST or not _capital(letters, start)
    if _goes_on(letters, end) or named or (length > LONGEST_ODD and how != _PLAIN):
        if not row[start]:
            return start, _ZERO, _ZERO, _WANTED
        word = row[start]
        return np.int64(told[word, 0]), told[word, 1], told[word, 2], _TOLD
    if length > LONGEST_ODD:
        return end, _ZERO, _ZERO, _PLAIN
    bare = _ZERO
    owner = _kind(letters, end - 1) == _LOWER and letters[end - 1] & _FOLDED == _S
    if owner and length > POSSESSIVE and _kind(letters, end - 2) == _APOSTROPHE:
        bare = _number(letters, start, end - POSSESSIVE)
    return end, _number(letters, start, end), bare, how


@_compiled
def _cell(cells: Hashes, shift: Scalar, number: Scalar) -> Scalar:
    """Return what a table says of a number; 0 when no name has it."""
    wanted = number << _VALUE_BITS
    at = np.int64(number >> shift)
    while cells[at]:
        if cells[at] ^ wanted <= _VALUE:
            return cells[at] & _VALUE
        at += 1
    return _ZERO


@_compiled
def _look_up(names: Names, number: Scalar) -> Scalar:
    cells, shift, own, own_shift, count, _, _ = names
    below = np.int64(_cell(cells, shift, number))
    if not len(own):
        return below
    above = np.int64(_cell(own, own_shift, number))
    entry = (above >> 1) + count if above > 1 else below >> 1
    return entry << 1 | ((below | above) & 1)


@_compiled
def _joint(joints: NDArray[np.uint8], which: Scalar, letters: Letters, at: Scalar) -> Scalar:
    """Return what a table says of four kinds; the first stands lowest."""
    four = _kind(letters, at) | _kind(letters, at + 1) << np.uint32(4)
    four |= _kind(letters, at + 2) << np.uint32(8) | _kind(letters, at + 3) << np.uint32(12)
    return np.int64(joints[which, four])


@_compiled
def _onward(joints: NDArray[np.uint8], letters: Letters, start: Scalar, end: Scalar) -> Scalar:
    """Return where the word stands with which a name may go on; 0 when there is none. See `openings.onward`."""
    joint = _joint(joints, 0, letters, end)
    fits = joint != 0 and (joint < SHORT or end - start <= LONGEST_ABBREVIATION)
    fits |= _kind(letters, end - 1) == _SPACELESS and _kind(letters, end) == _SPACELESS
    after = end + (joint & GAP)
    return after if fits and _inside(letters, after) else 0


@_compiled
def _article(joints: NDArray[np.uint8], particles: Hashes, letters: Letters, after: Scalar) -> tuple[Scalar, ...]:
    """Return the span of the small article before a word; an empty one when there is none. See `openings`."""
    gap = _joint(joints, 1, letters, after - 4)
    end = start = after - gap
    while gap and end - start <= LONGEST_PARTICLE and _plain(letters, start - 1):
        start -= 1
    length = end - start
    if length < 2 or length > LONGEST_PARTICLE or _kind(letters, start) != _LOWER or _inside(letters, start - 1):
        return after, after
    spelt = _ZERO
    for k in range(length):
        spelt |= np.uint64(letters[start + k] & _FOLDED) << (_LETTER * np.uint64(k))
    for particle in particles:
        if particle == spelt:
            return start, end
    return after, after


@_compiled
def _capitals(letters: Letters, start: Scalar, length: Scalar) -> Scalar:
    """Return whether a word is of few letters that are all capitals."""
    k = 0
    while k < length <= LONGEST_ACRONYM and _kind(letters, start + k) == _CAPITAL:
        k += 1
    return k == length


@_compiled
def _joined(letters: Letters, at: Scalar) -> Scalar:
    """Return whether a word begins with a letter that may be a small word of its own."""
    return letters[at] & JOINING != 0 and not _inside(letters, at - 1)


@_compiled
def _put(finds: Whole, count: Scalar, start: Scalar, end: Scalar, entry: Scalar) -> Scalar:
    """Add a find where it belongs, by start, then the longest first; return how many there are."""
    at = count
    while at and (finds[START, at - 1] > start or (finds[START, at - 1] == start and finds[END, at - 1] < end)):
        for field in range(3):
            finds[field, at] = finds[field, at - 1]
        at -= 1
    finds[START, at], finds[END, at], finds[ENTRY, at] = start, end, entry
    return count + 1


@_compiled
def _follow(  # noqa: PLR0917 - tuples of arrays would cost as much as the work
    letters: Letters, row: Rows, told: Hashes, names: Names, start: Scalar, word: Word, seed: Scalar
) -> tuple[Scalar, ...]:
    """Return end and entry of the longest name from a word, and where a word is wanted; see `NameTable._matches`."""
    end, number, bare = word
    reach, entry, at, before = np.int64(0), np.int64(0), start, seed
    for _ in range(MOST_WORDS):
        if bare:
            value = _look_up(names, (before + bare) * MIX)
            if value > 1:
                reach, entry = end - POSSESSIVE, value >> 1
        before = (before + number) * MIX
        value = _look_up(names, before)
        if value > 1:
            reach, entry = end, value >> 1
        at = _onward(names[-2], letters, at, end) if value & 1 else np.int64(0)
        if not at:
            break
        end, number, bare, how = _read(letters, row, told, at)
        if how == _WANTED:
            return reach, entry - 1, at
    return reach, entry - 1, DONE


@_compiled
def _begin(  # noqa: PLR0917
    letters: Letters,
    row: Rows,
    told: Hashes,
    names: Names,
    state: Whole,
    finds: Whole,
    gathered: Hashes,
) -> Scalar:
    """
    Put the names among the finds that begin with a gathered word, with its small article, or inside of it.

    Return where a word begins that is wanted, or `DONE`.
    """
    at, end, number, bare = np.int64(gathered[_BEGIN]), np.int64(gathered[_END]), gathered[_NUMBER], gathered[_BARE]
    inner = many = np.int64(0)
    if gathered[_WAY] != _PLAIN:
        inner, many = np.int64(row[at]) + 1, np.int64(told[row[at], 3])
    count = state[FOUND]
    for step in range(_INSIDE if gathered[_WAY] == _INNER_ONLY else _ARTICLE, _INSIDE + many):
        start, word, seed, least = at, (end, number, bare), _SEED, np.int64(0)
        if step == _ARTICLE:
            start, after = _article(names[-2], names[-1], letters, at)
            if start == at:
                continue
            word, least = (after, _number(letters, start, after), _ZERO), at
        elif step == _ACRONYM:
            if not _capitals(letters, at, end - at - (POSSESSIVE if bare else 0)):
                continue
            seed = _UPPER_SEED
        elif step >= _INSIDE:
            one = inner + step - _INSIDE
            start, word = np.int64(told[one, 0]), (np.int64(told[one, 1]), told[one, 2], told[one, 3])
        reach, entry, wanted = _follow(letters, row, told, names, start, word, seed)
        if wanted != DONE:
            return wanted
        if reach > least:
            count = _put(finds, count, start, reach, entry)
    state[FOUND] = count
    return DONE


@_compiled
def _before(column: Whole, count: Scalar, at: Scalar) -> Scalar:
    """Return how many of the first numbers of an ascending column lie before a position."""
    while count and column[count - 1] >= at:
        count -= 1
    return count


@_compiled
def _is_common(letters: Letters, start: Scalar, end: Scalar, number: Scalar, passed_over: Hashes) -> Scalar:
    """Return whether a plain word is none that could be an unknown name; see `scan.Page.unknown`."""
    if end - start > LONGEST:
        return False
    for at in range(start, end):
        if letters[at] & BEYOND_ASCII:
            return False
    if end - start == 1 or 0 <= np.int64(letters[start] & _FOLDED) - _NOUGHT < _DIGITS:
        return True
    first, last = np.int64(0), np.int64(len(passed_over))
    while first < last:
        middle = (first + last) >> 1
        if passed_over[middle] < number:
            first = middle + 1
        else:
            last = middle
    return first < len(passed_over) and passed_over[first] == number


@_compiled
def _gather(  # noqa: PLR0917
    letters: Letters, row: Rows, told: Hashes, state: Whole, gathered: Hashes, capitals: Whole, passed_over: Hashes
) -> tuple[Scalar, ...]:
    """Gather the next words that names may begin with; return where, how many, and where a word is wanted."""
    at = max(np.int64(1), state[_AT])
    count, elided, noted = 0, at, len(capitals[0]) > 0
    state[CAPITALS] = _before(capitals[0], state[CAPITALS], at)
    state[WORDS] = _before(capitals[2], state[WORDS], at)
    while at < len(letters) - 1 and count < len(gathered):
        if not letters[at] & TELLING:
            at += 1
            continue
        begin, opens, inner = at, _opens(letters, at), False
        if at >= elided and _elides(letters, at):
            begin, elided = _start(letters, at), _end(letters, at)
            inner = _kind(letters, begin) < _ODD_OPENING
        if inner and noted and at + 1 < elided:
            capitals[2, state[WORDS]], capitals[3, state[WORDS]] = at + 1, elided
            state[WORDS] += 1
        inner |= _joined(letters, at)
        if opens or inner:
            end, number, bare, how = _read(letters, row, told, begin)
            if how == _WANTED or (inner and not row[begin]):
                return at, count, begin
            word = gathered[count]
            word[_BEGIN], word[_END], word[_NUMBER], word[_BARE] = begin, end, number, bare
            word[_WAY] = (_TOLD if inner or how == _TOLD else _PLAIN) if opens else _INNER_ONLY
            count += 1
            if opens and noted:
                capitals[0, state[CAPITALS]], capitals[1, state[CAPITALS]] = begin, end
                state[CAPITALS] += 1
                if how != _PLAIN or not _is_common(letters, begin, end, number, passed_over):
                    capitals[2, state[WORDS]], capitals[3, state[WORDS]] = begin, end
                    state[WORDS] += 1
        at += 1
    return at, count, DONE


@_compiled
def walk(  # noqa: PLR0913, PLR0917
    letters: Letters,
    row: Rows,
    told: Hashes,
    names: Names,
    state: Whole,
    finds: Whole,
    gathered: Hashes,
    capitals: Whole,
    passed_over: Hashes,
) -> Scalar:
    """
    Put the longest name from each word of a page among the finds, by start, the longest first; they may overlap.

    Parameters
    ----------
    letters
        Kind and fold of each character, and whether it is white space.
    row, told
        For each character the row of the word that begins there and was read in Python, or 0: its end, number, number
        without "'s" (or 0), and how many names inside of it follow in the next rows: start, end and both numbers.
    state
        Where the walk is, all 0 at first; see `STATE`.
    finds
        Three rows: start, end, entry; room for two finds a character.
    gathered
        Room for words, see `GATHERED`.
    capitals
        Four rows: start and end of capitalised words, start and end of those that are not known to be common; without
        columns when nobody wants to know.
    passed_over
        Numbers of common words, ascending.

    Returns
    -------
    wanted
        Where a word begins that is to be told before the walk goes on; `DONE` at the end.
    """
    cells, shift = names[0], names[1]
    while state[_AT] < len(letters) - 1:
        then, count, wanted = _gather(letters, row, told, state, gathered, capitals, passed_over)
        near = _ZERO
        for k in range(count):
            near ^= cells[((_SEED + gathered[k, _NUMBER]) * MIX) >> shift]
        state[_NEAR] ^= np.int64(near)
        for k in range(count):
            wanted_within = _begin(letters, row, told, names, state, finds, gathered[k])
            if wanted_within != DONE:
                then, wanted = np.int64(gathered[k, _BEGIN]), wanted_within
                break
        state[_AT] = then
        if wanted != DONE:
            state[WANTED_END] = _end(letters, wanted)
            return wanted
    return DONE


@_compiled
def last_words(letters: Letters, count: Scalar) -> Scalar:
    """Return what `scan.Page.last_words` does."""
    last, found = len(letters), 0
    for at in range(len(letters) - 1, 0, -1):
        if _inside(letters, at) and not _inside(letters, at - 1):
            found += 1
            last = at if found == 1 else last
            if found == count:
                return at
    return last


@compiled()
def _longest(finds: Whole, first: Scalar, last: Scalar, kept: Scalar) -> Scalar:
    """Keep of finds that overlap the longest, then the longest of those that are still free, and so on."""
    begin, end, most = finds[START, first], finds[START, first], np.int64(0)
    for at in range(first, last):
        end, most = max(end, finds[END, at]), max(most, finds[END, at] - finds[START, at])
    taken = np.zeros(end - begin, np.bool_)
    stays = np.zeros(last - first, np.bool_)
    for size in range(most, 0, -1):
        for at in range(first, last):
            start = finds[START, at] - begin
            if finds[END, at] - finds[START, at] == size and not taken[start] and not taken[start + size - 1]:
                stays[at - first] = True  # what was kept before is no shorter: were it in the way, it would hold an end
                for k in range(start, start + size):
                    taken[k] = True
    for at in range(first, last):
        if stays[at - first]:
            for field in range(3):
                finds[field, kept] = finds[field, at]
            kept += 1
    return kept


@compiled()
def free_of_overlaps(finds: Whole, count: Scalar, begin: Scalar) -> Scalar:
    """Keep of the first finds what `overlaps.without_overlaps` keeps, counted from a position; return how many."""
    kept = first = 0
    while first < count:
        reach, last = finds[END, first], first + 1
        while last < count and finds[START, last] < reach:
            reach = max(reach, finds[END, last])
            last += 1
        if finds[END, first] == reach:
            for field in range(3):
                finds[field, kept] = finds[field, first]
            kept += 1
        else:
            kept = _longest(finds, first, last, kept)
        first = last
    if begin:
        for at in range(kept):
            finds[START, at] -= begin
            finds[END, at] -= begin
    return kept
