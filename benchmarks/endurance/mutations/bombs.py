"""Bombs: little to send, much to read."""

from __future__ import annotations

from random import Random

from benchmarks.endurance.mutations.parts import Parts, a_sheet, substitute


def zip_bomb(parts: Parts, random: Random) -> None:
    """Put megabytes of one letter in place of the texts."""
    parts["xl/sharedStrings.xml"] = b"<sst>" + b"A" * random.choice([5_000_000, 30_000_000])


def padded(parts: Parts, random: Random) -> None:
    """Blanks by the megabyte inside a worksheet."""
    name = a_sheet(parts, random)
    parts[name] = parts[name].replace(b"<sheetData>", b"<sheetData>" + b" " * 8_000_000)


def laughs(parts: Parts, random: Random) -> None:
    """Let entities grow tenfold nine times."""
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    name = random.choice(list(parts))
    head, _, rest = parts[name].partition(b"?>")
    rest = rest.replace(b"</", b"&j;</", 1)
    parts[name] = head + b"?><!DOCTYPE x [" + entities.encode() + b"]>" + rest


def external_entity(parts: Parts, random: Random) -> None:
    """Refer to a file of the machine."""
    name = a_sheet(parts, random)
    head, _, rest = parts[name].partition(b"?>")
    doctype = b'?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    parts[name] = head + doctype + rest.replace(b"<v>", b"<v>&f;", 1)


def many_sheets(parts: Parts, random: Random) -> None:
    """Name one sheet thousands of times."""
    sheets = "".join(
        f'<sheet name="s{n}" sheetId="{n + 9}" r:id="rId1"/>'
        for n in range(random.choice([150, 20_000]))
    )
    substitute(parts, "xl/workbook.xml", rb"</sheets>", sheets.encode() + b"</sheets>")


def many_parts(parts: Parts, _: Random) -> None:
    """Add thousands of empty pictures."""
    parts.update({f"xl/media/{n}.png": b"" for n in range(3_000)})


def deep(parts: Parts, random: Random) -> None:
    """Put elements into each other, very deep."""
    levels = random.choice([500, 200_000])
    name = random.choice(list(parts))
    at = parts[name].rfind(b"</")
    deep = b"<x>" * levels + b"</x>" * levels
    parts[name] = parts[name][:at] + deep + parts[name][at:]


def huge_strings(parts: Parts, random: Random) -> None:
    """One long text that thousands of cells point at."""
    size = random.choice([40_000, 32_000])
    text = "".join(random.choices("如康家园", k=size))
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(
        b"<si><t>", f"<si><t>{text}".encode(), 1
    )
    cells = "".join(f'<c r="A{row}" t="s"><v>0</v></c>' for row in [1])
    rows = "".join(
        f'<row r="{row}">{cells.replace("A1", f"A{row}")}</row>' for row in range(500, 2_500)
    )
    name = a_sheet(parts, random)
    parts[name] = parts[name].replace(b"</sheetData>", rows.encode() + b"</sheetData>")


def many_cells(parts: Parts, random: Random) -> None:
    """Fill far more cells than any home does, with numbers that do not pack well."""
    rows = "".join(
        f'<row r="{row}">' + f"<c><v>{random.randrange(10**9)}</v></c>" * 40 + "</row>"
        for row in range(500, 500 + random.choice([2_000, 14_000]))
    )
    name = a_sheet(parts, random)
    parts[name] = parts[name].replace(b"</sheetData>", rows.encode() + b"</sheetData>")


def many_merges(parts: Parts, random: Random) -> None:
    """Merge whole rows, thousands of times."""
    areas = "".join(f'<mergeCell ref="A{n}:XFD{n + 9}"/>' for n in range(1, 20_000, 10))
    name = a_sheet(parts, random)
    parts[name] = parts[name].replace(
        b"</sheetData>", f"</sheetData><mergeCells>{areas}</mergeCells>".encode()
    )


def wide_rows(parts: Parts, random: Random) -> None:
    """Write into the last column of thousands of rows."""
    rows = "".join(
        f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(500, 4_000)
    )
    name = a_sheet(parts, random)
    parts[name] = parts[name].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
