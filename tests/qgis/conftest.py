"""Real QGIS, asked in a process of its own: its Python is Debian's, not ours."""

import importlib.util
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tracker.exports import write_geopackage, write_qgis_project

PYTHON = "/usr/bin/python3"
HERE = Path(__file__).parent
collect_ignore = ["questions.py"]  # runs in QGIS, not here


@cache
def qgis_is_missing():
    if not Path(PYTHON).exists():
        return True
    asked = subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, env=environment(), check=False)
    return asked.returncode != 0


def environment():
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return clean | {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": "/tmp", "TZ": os.environ.get("TZ", "UTC")}


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).parent == HERE:
            item.add_marker(pytest.mark.qgis)
            if qgis_is_missing():
                item.add_marker(pytest.mark.skip(reason="QGIS is not installed: apt-get install qgis python3-qgis"))


def ask_qgis(question, *arguments, **extra):
    """Run one question of `questions.py` in QGIS and return its answer."""
    command = [PYTHON, str(HERE / "questions.py"), question, *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment() | extra, check=False, timeout=280, cwd="/"
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="session")
def ask():
    return ask_qgis


@pytest.fixture(scope="session")
def sample():
    name = "exports_sample_layer"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, HERE.parent / "exports" / "sample_layer.py")
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def layer(sample):
    return sample.sample_layer()


@pytest.fixture(scope="session")
def exported(sample, layer, tmp_path_factory):
    """Return a folder with the sample's GeoPackage and project."""
    folder = tmp_path_factory.mktemp("qgis")
    gpkg = write_geopackage(layer, folder / "control.gpkg", actors=sample.ACTORS, base=sample.BASE_SHAPES)
    write_qgis_project(layer, gpkg, folder / "control.qgz", actors=sample.ACTORS, title="Euphrates valley, 2017")
    return folder
