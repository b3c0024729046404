"""PDF documents in Chinese type: A4, numbered pages, tables of two kinds.

The two fonts take about a second to read and cut down to the glyphs used, whatever the length; so
many short papers (a month's payslips) go into one document, each beginning a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

import structlog
from fpdf import FPDF, FontFace
from fpdf.enums import TableBordersLayout, TextEmphasis
from fpdf.fonts import TTFFont

from rukang.clock import in_shanghai

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Noto Sans SC"
MISSING = "〓"
"""Stands for a character the font lacks, as Chinese printers do; PDF would drop it silently."""

INK, SHADE = (0, 0, 0), (232, 236, 240)
MARGIN = 15
"""Millimetres."""

Align = Literal["LEFT", "RIGHT", "CENTER"]

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

    def heading(self, text: str, size: float = 16) -> None:
        """Write a heading on a line of its own."""
        self.set_font(FAMILY, "B", size)
        self.multi_cell(0, text=text, align="LEFT", new_x="LMARGIN", new_y="NEXT")
        self.ln(2)

    def paragraph(self, text: str, size: float = 10) -> None:
        """Write running text."""
        self.set_font(FAMILY, size=size)
        self.multi_cell(0, text=text, align="LEFT", new_x="LMARGIN", new_y="NEXT")
        self.ln(2)

    def key_values(self, rows: Sequence[tuple[str, str]], key_width: float = 45) -> None:
        """Write a table of names and values, the names shaded.

        Parameters
        ----------
        key_width
            Width of the first column in millimetres.
        """
        self.set_font(FAMILY, size=10)
        shaded = FontFace(fill_color=SHADE)
        with self.table(
            col_widths=(key_width, self.epw - key_width),
            first_row_as_headings=False,
            line_height=6,
            padding=(0.6, 1.5),
            text_align="LEFT",
        ) as table:
            for name, value in rows:
                row = table.row()
                row.cell(name, style=shaded)
                row.cell(value)
        self.ln(4)

    def lines(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        aligns: Sequence[Align],
        total: Sequence[str] | None = None,
        size: float = 9,
    ) -> None:
        """Write a table of lines; its header is repeated on every page.

        Parameters
        ----------
        widths
            Relative widths of the columns.
        aligns
            One alignment per column; amounts stand to the right.
        total
            A last line in bold, if any.
        """
        self.set_font(FAMILY, size=size)
        bold = FontFace(emphasis=TextEmphasis.B)
        with self.table(
            col_widths=tuple(widths),
            text_align=tuple(aligns),
            headings_style=FontFace(emphasis=TextEmphasis.B, fill_color=SHADE, color=INK),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            line_height=size * 0.55,
            padding=(0.5, 1.2),
        ) as table:
            table.row(headers)
            for row in rows:
                table.row(row)
            if total is not None:
                table.row(total, style=bold)
        self.ln(4)

    def write_to(self, path: Path) -> Path:
        """Write the file and return its path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(self.output()))
        return path
