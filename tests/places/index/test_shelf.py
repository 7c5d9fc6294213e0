import multiprocessing
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.places.gazetteer import Gazetteer
from tracker.places.index import shelf
from tracker.places.lexicon import lexicon
from tracker.places.matching.name_table import name_table


def test_a_damaged_index_is_compiled_again(kuwait: Path) -> None:
    before = Gazetteer.load(countries=["KW"])
    (index,) = kuwait.glob("gazetteer-*.idx")
    whole = index.read_bytes()
    for damage in (b"", whole[:10], whole[:1000], whole[:-9] + b"123456789", b"x" * len(whole), whole + b"more"):
        index.unlink()
        index.write_bytes(damage)
        after = Gazetteer.load(countries=["KW"])
        assert len(after) == len(before) > 30
        assert index.read_bytes() == whole


def test_a_damaged_table_of_names_is_compiled_again(kuwait: Path) -> None:
    gazetteer = Gazetteer.load(countries=["KW"])
    before = len(name_table(gazetteer, lexicon()))
    (table,) = kuwait.glob("names-*.bin")
    whole = table.read_bytes()
    table.unlink()
    table.write_bytes(whole[:-100])
    assert len(name_table(gazetteer, lexicon())) == before > 100
    assert table.read_bytes() == whole


def test_old_indexes_go(kuwait: Path) -> None:
    for number in range(12):
        Gazetteer.load(countries=["KW", f"X{number}"])
    assert len(list(kuwait.iterdir())) == 8


def test_a_changed_file_of_the_users_compiles_nothing_anew(kuwait: Path, own_csv: Callable[..., Path]) -> None:
    versions = set()
    for number in range(3):
        path = own_csv(f"me:camp,Camp Zebra {number},29.3,47.9,MILB,KW")
        gazetteer = Gazetteer.load(countries=["KW"], extra=[path])
        versions.add(gazetteer.version)
        table = name_table(gazetteer, lexicon())
        (found,) = table.find(f"at Camp Zebra {number}")
        assert [gazetteer.at(ordinal).place_id for ordinal in table.ordinals(found.entry)] == ["me:camp"]
        (kept, names) = sorted(kuwait.iterdir())
        assert (kept.suffix, names.suffix) == (".idx", ".bin")
    assert len(versions) == 3


def test_what_a_dead_process_left_half_written_goes(kuwait: Path) -> None:
    kuwait.mkdir()
    dead, alive = kuwait / ".gazetteer-0-x.idx", kuwait / ".gazetteer-1-x.idx"
    dead.write_bytes(b"half")
    alive.write_bytes(b"half")
    os.utime(dead, (0, 0))
    Gazetteer.load(countries=["KW"])
    assert not dead.exists()
    assert alive.exists()


def test_a_cache_that_cannot_be_written_only_warns(
    kuwait: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("TRACKER_CACHE", str(tmp_path / "file"))
    with pytest.warns(UserWarning, match="TRACKER_CACHE"):
        gazetteer = Gazetteer.load(countries=["KW"])
    assert gazetteer.search("Kuwait City")


def _load(folder: str, files: list[tuple[Path, str]], out: "multiprocessing.Queue[str]") -> None:
    os.environ["TRACKER_CACHE"] = folder
    shelf.shipped_files = lambda: files  # type: ignore[assignment]
    gazetteer = Gazetteer.load(countries=["KW"])
    out.put(f"{gazetteer.version} {len(name_table(gazetteer, lexicon()))}")


def test_several_processes_may_compile_at_once(tmp_path: Path, kuwait_files: list[tuple[Path, str]]) -> None:
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    folder = tmp_path / "cache"
    workers = [context.Process(target=_load, args=(str(folder), kuwait_files, out)) for _ in range(3)]
    for worker in workers:
        worker.start()
    answers = {out.get(timeout=120) for _ in workers}
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    assert len(answers) == 1
    assert sorted(path.suffix for path in folder.iterdir()) == [".bin", ".idx"]


def test_a_compiled_theatre_opens_at_once(syria: Gazetteer) -> None:
    start = time.perf_counter()
    again = Gazetteer.load(countries=["IQ", "SY"])
    assert time.perf_counter() - start < 1.0  # measured 0.02 s; room for a busy machine
    assert again.version == syria.version
