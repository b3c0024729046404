"""A font that has every glyph of a picture."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

FAMILIES = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Droid Sans Fallback",
)
"""Fonts with simplified Chinese, the ones made for screens first."""


class FontError(ValueError):
    """A picture would lose glyphs: no font, or one without some of them."""


def find_font() -> Path | None:
    """Return the file of an installed font with simplified Chinese, or None."""
    installed = {entry.name: Path(entry.fname) for entry in font_manager.fontManager.ttflist}
    return next((installed[family] for family in FAMILIES if family in installed), None)


def checked_font(font: Path | str | None, texts: Iterable[str]) -> Path:
    """Return a font that has every glyph of some texts: the one given, or an installed one.

    Raises
    ------
    FontError
        If there is none, or glyphs are missing; it names them and says how to mend it.
    """
    path = Path(font) if font is not None else find_font()
    if path is None:
        zh = "没有找到中文字体；请用 font= 指定一个 TTF 或 OTF 文件（例如 Noto Sans SC）"
        en = "no Chinese font is installed: give font= a TTF or OTF file, such as Noto Sans SC"
        raise FontError(f"{zh} / {en}")
    if not path.is_file():
        raise FontError(f"没有这个字体文件：{path} / there is no such font file: {path}")
    missing = missing_glyphs(path, texts)
    if missing:
        zh = f"字体 {path.name} 缺少：{missing}；请换一个字体"
        raise FontError(f"{zh} / the font {path.name} lacks these: use another")
    return path


def missing_glyphs(font: Path, texts: Iterable[str]) -> str:
    """Return the characters of some texts that a font lacks, each once."""
    known = FT2Font(str(font))
    characters = sorted({c for text in texts for c in text if not c.isspace()})
    return "".join(c for c in characters if not known.get_char_index(ord(c)))
