"""Gazetteers for tests: of theatres, and of Kuwait alone, which compiles in no time."""

import bz2
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.places.gazetteer import Gazetteer
from tracker.places.index import shelf
from tracker.places.index.shelf import shipped_files

THEATRES = ["IQ", "LY", "SD", "SY", "UA", "YE"]


@pytest.fixture(scope="module")
def theatres() -> Gazetteer:
    return Gazetteer.load(countries=THEATRES)


@pytest.fixture(scope="module")
def syria() -> Gazetteer:
    return Gazetteer.load(countries=["SY", "IQ"])


@pytest.fixture(scope="module")
def kuwait_files(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, str]]:
    """The lines of Kuwait of the shipped tables: read in no time."""
    folder = tmp_path_factory.mktemp("kuwait")
    files = []
    for path, source in shipped_files():
        raw = path.read_bytes()
        lines = (bz2.decompress(raw) if path.suffix == ".bz2" else raw).splitlines(keepends=True)
        small = folder / path.name.removesuffix(".bz2")
        kept = lines[:1] + [line for line in lines[1:] if b"\tKW\t" in line or line.endswith(b"\tKW\n")]
        small.write_bytes(b"".join(kept))
        files.append((small, source))
    return files


@pytest.fixture
def kuwait(kuwait_files: list[tuple[Path, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own beside a gazetteer of Kuwait alone; returns the cache."""
    monkeypatch.setattr(shelf, "shipped_files", lambda: kuwait_files)
    monkeypatch.setenv("TRACKER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def own_csv(tmp_path: Path) -> Callable[..., Path]:
    """Write a table of the user's own."""

    def write(*rows: str, header: str = "place_id,name,lat,lon,feature,country") -> Path:
        path = tmp_path / "own.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return path

    return write
