"""Make the word lists of data/places from public-domain and permissive sources.

    places_words.py WORDLIST CENSUS_FOLDER

WORDLIST        Debian's /usr/share/dict/american-english (SCOWL: free for any use with its notice)
CENSUS_FOLDER   the 1990 US Census name files (public domain), e.g. from PyPI names 0.3.0: dist.*.first, dist.all.last

Writes common_words.txt (words that dictionaries write small and that are names in the gazetteer), given_names.txt
(the census list with the hand-written names of words.toml's theatres left to that file) and surnames.txt.
"""

import sys
from pathlib import Path

from tracker.places import Gazetteer
from tracker.places.matching.matcher import name_key
from tracker.resources import data_path

LEAST_GIVEN = 0.004  # percent of people: rarer given names are more often places or surnames
LEAST_SURNAME = 0.01
HEADER = "# {what}\n# Made by benchmarks/places_words.py from {source}.\n"


def census(path: Path, least: float) -> set[str]:
    rows = (line.split() for line in path.read_text().splitlines())
    return {row[0].lower() for row in rows if row and float(row[1]) >= least}


def write(name: str, words: set[str], what: str, source: str) -> None:
    target = data_path("places") / name
    target.write_text(HEADER.format(what=what, source=source) + "\n".join(sorted(words)) + "\n", encoding="utf-8")
    print(f"{name}: {len(words)} words")


def main(wordlist: str, folder: str) -> None:
    names = {key for row in Gazetteer.load().names() if " " not in (key := name_key(row.text)) and key.isascii()}
    words = {word for word in Path(wordlist).read_text(encoding="utf-8").split() if word.isalpha() and word.islower()}
    scowl = "SCOWL (copyright 2000-2011 Kevin Atkinson; free for any use, with this notice)"
    write("common_words.txt", words & names, "Dictionary words that are also names of places somewhere.", scowl)
    folder_path = Path(folder)
    given = census(folder_path / "dist.male.first", LEAST_GIVEN) | census(
        folder_path / "dist.female.first", LEAST_GIVEN
    )
    write(
        "given_names.txt",
        {name for name in given if len(name) > 2},
        "Given names.",
        "the 1990 US Census (public domain)",
    )
    surnames = census(folder_path / "dist.all.last", LEAST_SURNAME)
    write("surnames.txt", surnames, "Surnames.", "the 1990 US Census (public domain)")


if __name__ == "__main__":
    main(*sys.argv[1:])
