"""What goes wrong among the parts that no person sees: strings, styles, relations."""

from __future__ import annotations

from random import Random

from benchmarks.endurance.mutations.parts import Parts, a_sheet, change_cell, substitute


def shared_strings(parts: Parts, random: Random) -> None:
    """Lose, cut or miscount the texts that cells point at."""
    name = "xl/sharedStrings.xml"
    match random.randrange(5):
        case 0:
            del parts[name]
        case 1:
            substitute(parts, name, rb"<si>.*?</si>", b"", count=random.randrange(1, 30))
        case 2:
            parts[name] = parts[name][: len(parts[name]) // 2]
        case 3:
            substitute(parts, name, rb"<t>[^<]*</t>", b"<r><t>a</t></r><rPh><t>b</t></rPh>", 5)
        case _:
            index = random.choice(["99999", "-1", "x", "1.5", ""])
            change_cell(parts, random, f"<v>{index}</v>", kind=' t="s"')


def styles(parts: Parts, random: Random) -> None:
    """Lose the styles, or point at ones that are not there."""
    name = "xl/styles.xml"
    match random.randrange(5):
        case 0:
            del parts[name]
        case 1:
            substitute(parts, name, rb"<cellXfs.*</cellXfs>", b"")
        case 2:
            substitute(parts, name, rb'numFmtId="165"', b'numFmtId="9999"', 9)
        case 3:
            parts[name] = b"<styleSheet/>"
        case _:
            sheet = a_sheet(parts, random)
            substitute(parts, sheet, rb' s="\d+"', b' s="%d"' % random.choice([99, 10**9]), 9)


def relations(parts: Parts, random: Random) -> None:
    """Lead the workbook to no sheet, to one twice, or out of the file."""
    name = "xl/_rels/workbook.xml.rels"
    match random.randrange(5):
        case 0:
            del parts[name]
        case 1:
            substitute(parts, name, rb'Target="worksheets/', b'Target="../../etc/passwd/')
        case 2:
            substitute(parts, name, rb'Id="rId\d"', b'Id="rId99"', random.randrange(1, 4))
        case 3:
            substitute(parts, name, rb"worksheets/sheet\d", b"worksheets/sheet1", 9)
        case _:
            substitute(
                parts, name, rb"</Relationships>",
                b'<Relationship Id="rId77" Type="x" Target="http://127.0.0.1:9/" '
                b'TargetMode="External"/></Relationships>',
            )  # fmt: skip


def content_types(parts: Parts, random: Random) -> None:
    """Call the parts something else."""
    name = "[Content_Types].xml"
    match random.randrange(4):
        case 0:
            del parts[name]
        case 1:
            substitute(parts, name, rb"spreadsheetml\.sheet\.main", b"wordprocessingml.document")
        case 2:
            substitute(parts, name, rb"<Override[^>]*/>", b"", random.randrange(1, 9))
        case _:
            parts[name] = parts[name].replace(b"UTF-8", random.choice([b"UTF-16", b"x", b"gbk"]))


def missing_part(parts: Parts, random: Random) -> None:
    """Take any part away."""
    del parts[random.choice(list(parts))]


def cut_part(parts: Parts, random: Random) -> None:
    """Cut any part short."""
    name = random.choice(list(parts))
    parts[name] = parts[name][: random.randrange(len(parts[name]) + 1)]


def strange_part(parts: Parts, random: Random) -> None:
    """Put something else in place of any part."""
    parts[random.choice(list(parts))] = random.choice(
        [b"", b"\0" * 99, random.randbytes(500), b"<a/>", "<表/>".encode("utf-16"), b"\xff\xfe<"]
    )
