"""PDF documents in Chinese type: A4, numbered pages, nothing dropped silently.

The two fonts take about a second to read and cut down to the glyphs used, whatever the length; so
many short papers (a month's payslips) go into one document, each beginning a page.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import structlog
from fpdf import FPDF
from fpdf.fonts import TTFFont

from rukang.base.clock import in_shanghai

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Noto Sans SC"
MISSING = "〓"
"""Stands for a character the font lacks, as Chinese printers do; PDF would drop it silently."""

SHADE = (232, 236, 240)
MARGIN = 15
"""Millimetres."""

log = structlog.get_logger()


class Document(FPDF):
    """A paper with the house's type, header and footer.

    Parameters
    ----------
    title
        Stands at the head of every page and in the file's properties.
    made_at
        When it was made, timezone-aware; the same content made at the same moment is the same file.
    note
        A line in every footer, such as the standing of the figures.
    landscape
        Whether the page lies on its long side.
    """

    def __init__(
        self, title: str, made_at: datetime, note: str = "", landscape: bool = False
    ) -> None:
        super().__init__("landscape" if landscape else "portrait", "mm", "A4")
        self._heading, self._made_at, self._note = title, in_shanghai(made_at), note
        self.add_font(FAMILY, "", FONTS / "NotoSansSC-Regular.ttf")
        self.add_font(FAMILY, "B", FONTS / "NotoSansSC-Bold.ttf")
        self.set_font(FAMILY, size=10)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 5)
        self.set_line_width(0.15)
        self.set_creation_date(made_at)
        self.set_title(title)
        self.set_lang("zh-CN")
        self.set_creator("rukang")

    def header(self) -> None:
        """Write the title and a rule at the head of a page."""
        self.set_font(FAMILY, size=9)
        self.cell(0, 5, self._heading, border="B", align="LEFT", new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def footer(self) -> None:
        """Write note, moment and page number at the foot of a page."""
        self.set_y(-MARGIN)
        self.set_font(FAMILY, size=8)
        made = f"{self._made_at:%Y-%m-%d %H:%M}"
        left = f"{self._note}　{made}" if self._note else made
        self.cell(self.epw - 30, 5, left, align="LEFT")
        self.cell(30, 5, f"第 {self.page_no()} 页 / 共 {{nb}} 页", align="RIGHT")

    def normalize_text(self, text: str) -> str:
        """Put a visible sign in the place of characters the font lacks, and log which."""
        font = self.fonts[FAMILY.lower()]
        known = font.cmap if isinstance(font, TTFFont) else {}
        lacking = {char for char in text if ord(char) not in known and not char.isspace()}
        for char in sorted(lacking):
            # The code alone: the text may be somebody's name.
            log.warning("the PDF font lacks a character", code=f"U+{ord(char):04X}")
            text = text.replace(char, MISSING)
        return super().normalize_text(text)

    def write_to(self, path: Path) -> Path:
        """Write the file and return its path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(self.output()))
        return path
