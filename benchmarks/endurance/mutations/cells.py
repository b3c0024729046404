"""What goes wrong in one cell: its type, its text, its number, its day, its formula."""

from __future__ import annotations

from random import Random

from benchmarks.endurance.mutations.parts import CELL, Parts, a_sheet, change_cell, substitute, text

UNICODE = (
    "\u202e倒写", "零\u200b宽", "𠀀𪚥", "é\u0301\u0327", "\U0001f469\u200d\U0001f9bd", "\ufffd",
    "ﬁ", "Ｒ０１", "\u00a0", "\u2028行", "٣٧٠", "=cmd|' /C calc'!A0", "<script>alert(1)</script>",
    "'; DROP TABLE person; --",
)  # fmt: skip
NUMBERS = (
    "1e27", "-1e27", "1e308", "1e999", "9" * 40, "9" * 5000, "0.1", "1e-300", "-0", "1e-7", "-1",
    "370000199001010002", "2147483648", "0.30000000000000004", "12345678901234567890",
)  # fmt: skip
DAYS = ("0", "1", "60", "-1", "2958465", "2958466", "99999999999", "45000.9999", "0.5", "1e10")
FORMULAS = (
    "<f>1/0</f><v>#DIV/0!</v>", "<f>SUM(A1:A9)</f>", "<f>A1</f><v>7</v>", "<f/>",
    '<f t="shared" si="0"/>', '<f t="array" ref="A1:B2">TRANSPOSE(A1:B2)</f><v>1</v>',
    '<f t="shared" si="9" ref="A1:A9">B1</f><v></v>', "<f>[1]Sheet!A1</f><v>#REF!</v>",
)  # fmt: skip


def cell_type(parts: Parts, random: Random) -> None:
    """Give a cell another type."""
    kind, content = random.choice(
        [
            (' t="inlineStr"', text("12.5")),
            (' t="inlineStr"', text("2026-10-01")),
            (' t="b"', "<v>1</v>"),
            (' t="b"', "<v>7</v>"),
            (' t="e"', "<v>#N/A</v>"),
            (' t="str"', "<v>是</v>"),
            (' t="d"', "<v>2026-10-01T00:00:00</v>"),
            (' t="d"', "<v>gestern</v>"),
            (' t="n"', "<v>zwölf</v>"),
            (' t="unheard"', "<v>1</v>"),
            ("", "<v>3.5</v>"),
        ]
    )
    change_cell(parts, random, content, kind=kind)


def deleted_cell(parts: Parts, random: Random) -> None:
    """Take a cell away."""
    name = a_sheet(parts, random)
    cell = random.choice(list(CELL.finditer(parts[name])))
    parts[name] = parts[name][: cell.start()] + parts[name][cell.end() :]


def value(values: tuple[str, ...], parts: Parts, random: Random) -> None:
    """Write one of some bare values into a cell."""
    change_cell(parts, random, f"<v>{random.choice(values)}</v>")


def unicode(parts: Parts, random: Random) -> None:
    """Write letters that look alike, turn or hide."""
    change_cell(parts, random, text(random.choice(UNICODE)), kind=' t="inlineStr"')


def formula(parts: Parts, random: Random) -> None:
    """Put a formula in place of a value."""
    content = random.choice(FORMULAS)
    change_cell(parts, random, content, kind=' t="e"' if "#" in content else "")


def long_text(parts: Parts, random: Random) -> None:
    """Write a text as long as a cell may hold, or longer."""
    size = random.choice([30, 101, 1_000, 32_767, 32_768, 200_000])
    change_cell(parts, random, text("字" * size), kind=' t="inlineStr"')


def day(parts: Parts, random: Random) -> None:
    """Write a serial number into a cell that shows days."""
    name = a_sheet(parts, random)
    days = [cell for cell in CELL.finditer(parts[name]) if b' s="3"' in cell[3]]
    if days:
        cell = random.choice(days)
        value = random.choice(DAYS).encode()
        new = b'<c r="%s%s" s="3"><v>%s</v></c>' % (cell[1], cell[2], value)
        parts[name] = parts[name][: cell.start()] + new + parts[name][cell.end() :]


def system_of_1904(parts: Parts, _: Random) -> None:
    """Count the file's days from 1904."""
    substitute(parts, "xl/workbook.xml", rb"<workbookPr", b'<workbookPr date1904="1"')
