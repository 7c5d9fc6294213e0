"""The notebooks run from top to bottom, and are kept without what they printed."""

import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def test_there_are_four() -> None:
    assert len(NOTEBOOKS) == 4


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_kept_without_outputs(path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert all(not c.get("outputs") and c.get("execution_count") is None for c in cells)
    assert any(c["cell_type"] == "markdown" for c in cells)


@pytest.mark.notebooks
@pytest.mark.enable_socket  # a kernel is talked to on loopback
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs(path) -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    for needed in ("ipykernel", "mapclassify", "matplotlib"):
        pytest.importorskip(needed)
    book = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(book, timeout=240, resources={"metadata": {"path": str(FOLDER)}}).execute()
    printed = [o for cell in book.cells if cell.cell_type == "code" for o in cell.outputs]
    assert not [o for o in printed if o.get("name") == "stderr"]
    assert [o for o in printed if "text/html" in o.get("data", {})]
