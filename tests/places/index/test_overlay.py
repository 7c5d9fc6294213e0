from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from tracker.places.gazetteer import Gazetteer
from tracker.places.index.compiling import compile_index
from tracker.places.index.merging import merge_rows
from tracker.places.names.folding import folded_key
from tracker.places.names.numbers import key_numbers
from tracker.places.tables.rows import read_rows
from tracker.places.tables.user_files import read_user_file

OWN_ROWS = [
    "me:camp,Camp Zebra,29.3,47.9,MILB,KW,,,me:town,0,500,3000,Zebra Base|Zèbre@fr,notes",
    "me:town,Zebra Town,29.31,47.91,PPL,KW,02,,,900,,,Zebraville@en[1990/2003],",
    "gn:285787,Koweit Ville,29.37,47.98,PPLC,KW,02,,,60064,,,Dasman Town,mine",  # overrides what it states
    "me:twin,Al Jahra,29.3375,47.66,PPL,KW,,,,0,,,Al-Jahra of mine,",  # a town of two sources
    "me:twin-again,Al-Jahrah,29.3376,47.661,PPL,KW,,,,0,,,,",
    "me:air,Some Airport,29.2266,47.969,AIRP,KW,,,,0,,,,",  # an airfield of two sources
    "me:area,Zebra Governorate,29.0,47.7,ADM1,KW,99,,,0,,,,",
    "me:inside,Zebra Village,29.01,47.71,PPL,KW,99,,,0,,,,",
    "me:sea,Zebra Sea,28.0,49.0,SEA,,,,,0,,,,",
    "osm:kw-zebra,Zebra Farm,29.1,47.6,PPL,KW,,,,0,,,,",  # towns of its country are put together
]


def test_rows_over_the_index_make_the_places_that_compiling_all_rows_makes(
    kuwait: Path, kuwait_files: list[tuple[Path, str]], own_csv: Callable[..., Path]
) -> None:
    header = "place_id,name,lat,lon,feature,country,admin1,admin2,parent,population,radius_m,precision_m,names,source"
    path = own_csv(*OWN_ROWS, header=header)
    laid = Gazetteer.load(countries=["KW"], extra=[path])
    rows = [row for file, source in kuwait_files for row in read_rows(file, countries=frozenset(["KW"]), source=source)]
    compiled = Gazetteer(compile_index(merge_rows([*rows, *read_user_file(path)]), "all at once"))
    assert len(laid) == len(compiled)
    for ordinal in range(len(compiled)):
        whole = compiled.at(ordinal)
        place = laid.get(whole.place_id)
        assert sorted(place.names, key=str) == sorted(whole.names, key=str)
        assert replace(place, names=()) == replace(whole, names=())
        assert all(laid.get(other) == place for other in whole.other_ids)
        assert laid.ancestors(whole.place_id) == compiled.ancestors(whole.place_id)
        assert laid.children(whole.place_id) == sorted(laid.children(whole.place_id), key=lambda child: child.place_id)
        for name in (whole.name, *(name.text for name in whole.names)):
            ids = {laid.at(found).place_id for _, found in laid.lookup(folded_key(name))}
            assert ids == {compiled.at(found).place_id for _, found in compiled.lookup(folded_key(name))}
    assert _bearers(laid) == _bearers(compiled)
    assert {row.text for row in laid.names()} == {row.text for row in compiled.names()}
    assert laid.people() == compiled.people()


def _bearers(gazetteer: Gazetteer) -> dict[str, set[str]]:
    """Return the ids of the places that bear each folded key, and of those whose own name it is."""
    index = gazetteer.index
    keys = sorted({row.key for row in gazetteer.names()})
    found: dict[str, set[str]] = {key: set() for key in keys}
    for number, position in zip(*(column.tolist() for column in index.find_keys(keys)), strict=True):
        found[keys[number]].add(index.id_of(int(index.arrays["name_place"][position])))
    own = index.key_numbers_of(index.own_names(np.arange(len(gazetteer)))).tolist()
    numbers = dict(zip(key_numbers(keys).tolist(), keys, strict=True))
    for ordinal, number in enumerate(own):
        found.setdefault(f"own {numbers[number]}", set()).add(index.id_of(ordinal))
    return found
