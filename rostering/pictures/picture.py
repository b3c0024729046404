"""A drawn picture, to be saved as SVG or PNG."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text

from rostering.pictures.fonts import FAMILIES, checked_font, find_font

DOTS_PER_INCH = 160


@dataclass(frozen=True)
class Picture:
    """A drawn figure with a title, which the SVG carries for screen readers."""

    figure: Figure
    title: str

    def svg(self) -> str:
        """Return the picture as SVG, its text as text in the reader's own Chinese font."""
        FigureCanvasSVG(self.figure)
        metrics = find_font()
        with _as_text(), BytesIO() as stream:
            if metrics is not None:
                self._use(metrics)
            self.figure.savefig(stream, format="svg", metadata={"Title": self.title, "Date": None})
            return stream.getvalue().decode()

    def png(self, font: Path | str | None = None) -> bytes:
        """Return the picture as PNG.

        Parameters
        ----------
        font
            File of a font that has all the glyphs; None looks for an installed one.

        Raises
        ------
        FontError
            If glyphs would be lost.
        """
        self._use(checked_font(font, self.texts()))
        FigureCanvasAgg(self.figure)
        with BytesIO() as stream:
            self.figure.savefig(stream, format="png", dpi=DOTS_PER_INCH)
            return stream.getvalue()

    def save(self, path: Path | str, font: Path | str | None = None) -> Path:
        """Write the picture; the ending of the path, ``.svg`` or ``.png``, says how.

        Raises
        ------
        FontError
            If a PNG would lose glyphs.
        ValueError
            If the path ends otherwise.
        """
        path = Path(path)
        match path.suffix.lower():
            case ".svg":
                path.write_text(self.svg(), encoding="utf-8")
            case ".png":
                path.write_bytes(self.png(font))
            case other:
                raise ValueError(f"只能存为 .svg 或 .png，不能存为 {other} / use .svg or .png")
        return path

    def texts(self) -> list[str]:
        """Return everything that is written in the picture."""
        return [text.get_text() for text in self._texts()]

    def _texts(self) -> list[Text]:
        return [found for found in self.figure.findobj(Text) if isinstance(found, Text)]

    def _use(self, font: Path) -> None:
        for text in self._texts():
            properties = text.get_fontproperties().copy()
            properties.set_file(str(font))
            text.set_fontproperties(properties)


@contextmanager
def _as_text() -> Iterator[None]:
    """Write text as text: which font is used is up to the reader, so a missing glyph is none."""
    settings: Any = {
        "svg.fonttype": "none",
        "svg.hashsalt": "roster",
        "font.family": ["sans-serif"],
        "font.sans-serif": [*FAMILIES, "DejaVu Sans", "sans-serif"],
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield
