"""What goes wrong with rows, columns, headers and whole sheets."""

from __future__ import annotations

import re
from random import Random

from benchmarks.endurance.mutations.parts import CELL, ROW, Parts, a_sheet, substitute, text


def deleted_row(parts: Parts, random: Random) -> None:
    """Take a row away."""
    name = a_sheet(parts, random)
    row = random.choice(list(ROW.finditer(parts[name])))
    parts[name] = parts[name][: row.start()] + parts[name][row.end() :]


def duplicated_row(parts: Parts, random: Random) -> None:
    """Repeat a row at the end under the next number."""
    name = a_sheet(parts, random)
    rows = list(ROW.finditer(parts[name]))
    number = str(len(rows) + 1).encode()
    copy = re.sub(rb'(r="[A-Z]*)\d+"', rb"\g<1>" + number + b'"', random.choice(rows)[0])
    parts[name] = parts[name].replace(b"</sheetData>", copy + b"</sheetData>")


def doubled_row(parts: Parts, random: Random) -> None:
    """Repeat a row under its own number, as no program writes it."""
    name = a_sheet(parts, random)
    row = random.choice(list(ROW.finditer(parts[name])))
    parts[name] = parts[name][: row.end()] + row[0] + parts[name][row.end() :]


def shuffled_rows(parts: Parts, random: Random) -> None:
    """Write the rows in another order, each under its own number."""
    name = a_sheet(parts, random)
    rows = ROW.findall(parts[name])
    random.shuffle(rows)
    parts[name] = re.sub(
        rb"(<sheetData>).*(</sheetData>)",
        lambda one: one[1] + b"".join(rows) + one[2],
        parts[name],
        flags=re.DOTALL,
    )


def _columns(parts: Parts, name: str) -> list[bytes]:
    return list(dict.fromkeys(match[1] for match in CELL.finditer(parts[name])))


def missing_column(parts: Parts, random: Random) -> None:
    """Take a column away."""
    name = a_sheet(parts, random)
    gone = random.choice(_columns(parts, name))
    parts[name] = CELL.sub(lambda one: b"" if one[1] == gone else one[0], parts[name])


def swapped_columns(parts: Parts, random: Random) -> None:
    """Exchange the contents of two columns, headers and all: a sound file."""
    name = a_sheet(parts, random)
    columns = _columns(parts, name)
    one, other = random.choice(columns), random.choice(columns)

    def swap(row: re.Match[bytes]) -> bytes:
        cells = {cell[1]: cell for cell in CELL.finditer(row[0])}
        if one not in cells or other not in cells:
            return row[0]
        pair = {one: cells[other], other: cells[one]}

        def put(cell: re.Match[bytes]) -> bytes:
            source = pair.get(cell[1], cell)
            return source[0].replace(b'r="%s' % source[1], b'r="%s' % cell[1], 1)

        return CELL.sub(put, row[0])

    parts[name] = ROW.sub(swap, parts[name])


def renamed_header(parts: Parts, random: Random) -> None:
    """Give a column another header."""
    name = a_sheet(parts, random)
    heads = [cell for cell in CELL.finditer(parts[name]) if cell[2] == b"1"]
    if heads:
        cell = random.choice(heads)
        header = random.choice(["序号", "No.", "", "编码", "姓 名", "370000199001010002", "编号"])
        new = b'<c r="%s1" t="inlineStr">%s</c>' % (cell[1], text(header).encode())
        parts[name] = parts[name][: cell.start()] + new + parts[name][cell.end() :]


def no_header_row(parts: Parts, random: Random) -> None:
    """Take the headers away and move all rows up, as when a title was deleted."""
    name = a_sheet(parts, random)
    rows = ROW.findall(parts[name])[1:]
    moved = [
        re.sub(rb'(r="[A-Z]*)\d+"', rb"\g<1>" + str(number).encode() + b'"', row)
        for number, row in enumerate(rows, 1)
    ]
    parts[name] = re.sub(
        rb"(<sheetData>).*(</sheetData>)",
        lambda one: one[1] + b"".join(moved) + one[2],
        parts[name],
        flags=re.DOTALL,
    )


def shuffled_sheets(parts: Parts, random: Random) -> None:
    """Put the sheets in another order."""
    sheets = re.findall(rb"<sheet [^>]*/>", parts["xl/workbook.xml"])
    random.shuffle(sheets)
    substitute(
        parts, "xl/workbook.xml", rb"<sheets>.*</sheets>",
        b"<sheets>" + b"".join(sheets) + b"</sheets>",
    )  # fmt: skip


def missing_sheet(parts: Parts, random: Random) -> None:
    """Take a sheet away."""
    sheet = random.choice(re.findall(rb"<sheet [^>]*/>", parts["xl/workbook.xml"]))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(sheet, b"")


def renamed_sheet(parts: Parts, random: Random) -> None:
    """Give a sheet another name."""
    name = random.choice(["人员 ", "Sheet1", "填报信息", "370000199001010002", "x" * 300, ""])
    names = re.findall(rb'<sheet name="[^"]*"', parts["xl/workbook.xml"])
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        random.choice(names), b'<sheet name="' + name.encode() + b'"'
    )


def merged(parts: Parts, random: Random) -> None:
    """Merge a few cells, which may overlap."""
    name = a_sheet(parts, random)
    areas = ""
    for top in random.sample(range(1, 20), 3):
        first, last = random.choice("ABC"), random.choice("CDE")
        areas += f'<mergeCell ref="{first}{top}:{last}{top + random.randrange(3)}"/>'
    tail = f"</sheetData><mergeCells>{areas}</mergeCells>".encode()
    parts[name] = parts[name].replace(b"</sheetData>", tail)
