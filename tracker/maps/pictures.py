"""Still and moving pictures of a layer, for briefs: PNG, SVG, GIF and MP4."""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.util
import io
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tracker.errors import MissingToolError, OutputError, UsageError
from tracker.files import written_whole
from tracker.layers import change_days
from tracker.maps.framing import first_shown
from tracker.maps.picture_style import PictureOptions
from tracker.model import Actor, BaseShape, Layer

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from PIL.Image import Image

    from tracker.maps.picture_frame import Plate

__all__ = ["PictureOptions", "write_picture"]

_FORMATS = (".png", ".svg", ".gif", ".mp4")
_LAST_FRAME_STANDS = 4
_MOVIE_FPS = 10


def write_picture(
    layer: Layer,
    path: str | Path,
    *,
    actors: Mapping[str, Actor],
    title: str,
    on: dt.date | None = None,
    base: Sequence[BaseShape] = (),
    options: PictureOptions | None = None,
) -> Path:
    """
    Write a layer as a picture and return its path; the file's ending says which kind.

    Colours and forms are those of the page: stripes for contested ground, dashed rings
    for sieges, fainter and dashed where the evidence is thin, blank where no report speaks.

    Parameters
    ----------
    layer
        A day or a span.
    path
        Ends in ``.png`` or ``.svg`` (one day), ``.gif`` or ``.mp4`` (every day on which the
        layer changes, or as many as `PictureOptions.most_frames`).
    actors
        Names and colours by actor id.
    title
        Plain text.
    on
        The day of a still picture; None: the layer's own, for a span its last.
    base
        Land, water, rivers and borders, lon/lat.

    Raises
    ------
    UsageError
        If the ending is none of these, or the picture is too small to be read.
    MissingToolError
        If matplotlib (extra ``pictures``) is not installed, or ffmpeg for ``.mp4``.
    OutputError
        If it can't be written; nothing is left half-written.
    """
    kind = Path(path).suffix.lower()
    chosen = options or PictureOptions()
    if kind not in _FORMATS:
        raise UsageError(f"pictures end in {', '.join(_FORMATS)}, not {kind or 'nothing'!r}.")
    if not (300 <= chosen.width_px <= 8000 and 200 <= chosen.height_px <= 8000):
        raise UsageError(f"a picture of {chosen.width_px} × {chosen.height_px} px: give 300 to 8000 by 200 to 8000.")
    needs_matplotlib()
    from tracker.maps.picture_frame import Plate  # noqa: PLC0415  needs the extra

    plate = Plate(layer, actors=actors, base=base, title=title, options=chosen)
    if kind == ".mp4":
        _write_movie(plate, Path(path), _frame_days(layer, chosen))
        return Path(path)
    day = on or layer.on or layer.end
    with written_whole(path) as temporary:
        if kind == ".gif":
            _write_gif(plate, temporary, _frame_days(layer, chosen))
        else:
            temporary.write_bytes(figure_bytes(plate.draw(day), kind[1:]))
    return Path(path)


def needs_matplotlib() -> None:
    """
    Check that the libraries of the extra ``pictures`` are installed.

    Raises
    ------
    MissingToolError
        If one is missing; the message says how to get it.
    """
    if importlib.util.find_spec("matplotlib") is None or importlib.util.find_spec("PIL") is None:
        raise MissingToolError("matplotlib", "Install the extra: pip install 'ground-control-tracker[pictures]'.")


def picture_bytes(
    layer: Layer,
    kind: str,
    *,
    actors: Mapping[str, Actor],
    title: str,
    on: dt.date | None = None,
    base: Sequence[BaseShape] = (),
    options: PictureOptions | None = None,
) -> bytes:
    """Return a still picture as the bytes of a ``png`` or ``svg`` file, to stand inside another document."""
    from tracker.maps.picture_frame import Plate  # noqa: PLC0415  needs the extra

    plate = Plate(layer, actors=actors, base=base, title=title, options=options or PictureOptions())
    return figure_bytes(plate.draw(on or layer.on or layer.end), kind)


def _frame_days(layer: Layer, options: PictureOptions) -> list[dt.date]:
    """Return the days of an animation, evenly thinned when there are too many; first and last are kept."""
    first = options.first or first_shown(layer)
    days = [
        day
        for day in ([layer.on] if layer.on is not None else change_days(layer))
        if (first is None or day >= first) and (options.last is None or day <= options.last)
    ]
    most = max(options.most_frames, 2)
    if len(days) > most:
        days = [days[round(k * (len(days) - 1) / (most - 1))] for k in range(most)]
    if not days:
        raise UsageError("the layer has no day between the first and the last of the animation.")
    return days


def figure_bytes(figure: Figure, kind: str) -> bytes:
    """Return a figure as a ``png`` or ``svg`` file: the same bytes for the same figure."""
    import matplotlib as mpl  # noqa: PLC0415  needs the extra

    out = io.BytesIO()
    metadata = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    with mpl.rc_context({"svg.hashsalt": "tracker", "svg.fonttype": "path"}), _unknown_scripts_pass():
        figure.savefig(out, format=kind, metadata=metadata)
    return out.getvalue()


@contextlib.contextmanager
def _unknown_scripts_pass() -> Iterator[None]:
    """Let names in scripts that the font lacks be drawn as boxes, without a warning for each letter."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*(Glyph|glyph|Matplotlib currently does not support).*")
        yield


def _raster(figure: Figure) -> Image:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415  needs the extra
    from PIL import Image  # noqa: PLC0415

    canvas: Any = FigureCanvasAgg(figure)
    with _unknown_scripts_pass():
        canvas.draw()
    return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


def _write_gif(plate: Plate, path: Path, days: Sequence[dt.date]) -> None:
    """Write all frames with the palette of the last, on which most sides are likely to show."""
    from PIL.Image import Dither  # noqa: PLC0415  needs the extra

    frames = [_raster(plate.draw(day)) for day in days]
    palette = frames[-1].quantize(colors=255)
    drawn = [frame.quantize(palette=palette, dither=Dither.NONE) for frame in frames]
    each = max(20, round(plate.options.seconds_per_frame * 1000))
    durations = [each] * (len(drawn) - 1) + [each * _LAST_FRAME_STANDS]
    drawn[0].save(path, format="GIF", save_all=True, append_images=drawn[1:], duration=durations, loop=0, disposal=1)


def _write_movie(plate: Plate, path: Path, days: Sequence[dt.date]) -> None:
    """Write an H.264 film that plays everywhere; frames go to ffmpeg as raw pixels."""
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        raise MissingToolError("ffmpeg", "Install it (Debian: apt-get install ffmpeg) or write a .gif instead.")
    width, height = plate.options.width_px // 2 * 2, plate.options.height_px // 2 * 2  # H.264 wants even sides
    with written_whole(path) as temporary, tempfile.TemporaryFile() as said:
        command = [
            ffmpeg, "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}",
            "-framerate", f"{1 / max(plate.options.seconds_per_frame, 0.02):.4f}", "-i", "-", "-c:v", "libx264",
            "-pix_fmt", "yuv420p", "-crf", "20", "-threads", "1", "-r", str(_MOVIE_FPS), "-fflags", "+bitexact",
            "-flags:v", "+bitexact", "-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4", str(temporary),
        ]  # fmt: skip
        # The program is found by its own name on the path; no word of the command comes from a report.
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=said) as process:  # noqa: S603
            with contextlib.suppress(BrokenPipeError):  # its own words tell more
                _feed(plate, days, process, (width, height))
            status = process.wait()
        if status != 0:
            said.seek(0)
            words = said.read().decode("utf-8", "replace").strip().splitlines()
            raise OutputError(f"ffmpeg failed: {words[-1] if words else status}", path=path)


def _feed(plate: Plate, days: Sequence[dt.date], process: subprocess.Popen[bytes], size: tuple[int, int]) -> None:
    """Send all frames to ffmpeg, one at a time."""
    pipe = process.stdin
    if pipe is None:
        return
    with pipe:
        for k, day in enumerate(days):
            pixels = _raster(plate.draw(day)).crop((0, 0, *size)).tobytes()
            for _ in range(_LAST_FRAME_STANDS if k == len(days) - 1 else 1):
                pipe.write(pixels)
