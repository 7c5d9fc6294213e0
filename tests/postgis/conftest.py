"""A PostgreSQL of the tests' own, with PostGIS, on a socket in a temporary folder."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda p: int(p.parent.name))


def missing():
    if BIN is None or not (BIN / "initdb").exists():
        return True
    return not Path(f"/usr/share/postgresql/{BIN.parent.name}/extension/postgis.control").exists()


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).parent == HERE:
            item.add_marker(pytest.mark.postgis)
            if missing():
                item.add_marker(pytest.mark.skip(reason="no PostGIS: apt-get install postgresql postgresql-postgis"))


def as_server(*command):
    """Run a command as the user that the server may run as: it refuses to be root."""
    first = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    return subprocess.run([*first, *map(str, command)], check=True, capture_output=True, text=True, cwd="/")


@pytest.fixture(scope="session")
def server():
    """Return the folder of a running server's socket."""
    pytest.importorskip("psycopg")
    folder = Path(tempfile.mkdtemp(prefix="tracker-pg-"))
    data = folder / "data"
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    as_server(BIN / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
    settings = f"-F -c listen_addresses='' -k {folder} -c max_connections=20"
    as_server(BIN / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", settings, "start")
    try:
        yield folder
    finally:
        as_server(BIN / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


@pytest.fixture
def database(server, request):
    """Return the address of an empty database."""
    import psycopg  # noqa: PLC0415

    name = f"t{abs(hash(request.node.name)) % 10**9}"
    with psycopg.connect(f"host={server} user=postgres dbname=postgres", autocommit=True) as made:
        made.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql://postgres@/{name}?host={server}"


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
