"""What the documentation says is so: pages made from the code, commands that exist, a tutorial that runs."""

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tracker import cli

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", *(ROOT / "notebooks").glob("*.md")])
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def reference():
    spec = importlib.util.spec_from_file_location("reference_pages", DOCS / "reference_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["commands", "library"])
def test_the_reference_is_what_the_code_makes(name) -> None:
    made = getattr(reference(), f"{name}_page")()
    assert (DOCS / "reference" / f"{name}.md").read_text(encoding="utf-8") == made, (
        "run: python docs/reference_pages.py"
    )


def test_every_page_is_in_the_navigation() -> None:
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]
    listed = set(re.findall(r"[\w/-]+\.md", nav))
    assert listed == {p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*.md")}


def commands_in(text):
    """Yield the tracker commands of a page's shell blocks."""
    for kind, block in FENCE.findall(text):
        if kind not in ("sh", "console", "bash", ""):
            continue
        for line in block.replace("\\\n", " ").splitlines():
            plain = line.removeprefix("$ ").split("  #")[0].split(" # ")[0]
            for part in re.split(r"[|<>(]", plain):
                words = part.strip()
                if words.startswith("tracker "):
                    yield words.rstrip(")")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_and_options_of_a_page_exist(page) -> None:
    if page.parent.name == "reference":
        pytest.skip("made from the code")
    for told in commands_in(page.read_text(encoding="utf-8")):
        try:
            words = shlex.split(told.replace("…", "x"))[1:]
        except ValueError:
            pytest.fail(f"no shell would read: {told}")
        command = cli._tracker
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            name = words.pop(0)
            command = command.get_command(click.Context(command), name)
            assert command is not None, f"no command {name!r}: {told}"
        known = {o for p in command.params for o in (*p.opts, *p.secondary_opts)} | {"--help", "-h", "--version"}
        for word in words:
            if word.startswith("--"):
                assert word.partition("=")[0] in known, f"{command.name} has no {word}: {told}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_of_a_page_lead_somewhere(page) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if not target.startswith(("http://", "https://")):
            assert (page.parent / target).exists(), target


def test_the_tutorials_report_and_program_run(tmp_path) -> None:
    blocks = FENCE.findall((DOCS / "tutorial.md").read_text(encoding="utf-8"))
    (report,) = [block for kind, block in blocks if kind == "markdown"]
    (program,) = [block for kind, block in blocks if kind == "python"]
    (tmp_path / "report.md").write_text(report, encoding="utf-8")
    program = "".join(line for line in program.splitlines(keepends=True) if ".explore(" not in line)
    program += "print(sorted(set(zip(gdf['name'], gdf['status']))))\n"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Raqqa" in done.stdout
    assert "airport" in done.stdout


def test_the_site_is_built_and_asks_no_other_host(tmp_path) -> None:
    pytest.importorskip("mkdocs")
    pytest.importorskip("mkdocstrings")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    for page in (tmp_path / "site").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.findall(r"<(?:script|img|iframe|source)[^>]+src=\"?https?:", text), page
        assert not re.findall(r"<link[^>]+rel=\"?(?:stylesheet|preconnect|icon|preload)[^>]+href=\"?https?:", text), (
            page
        )
    library = (tmp_path / "site" / "reference" / "library.html").read_text(encoding="utf-8")
    assert "Return a layer, claims or states as a table" in library
