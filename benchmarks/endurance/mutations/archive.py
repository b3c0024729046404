"""What happens to the file as a whole: downloads cut short, zips that lie, no workbooks."""

from __future__ import annotations

import re
import struct
import warnings
from io import BytesIO
from random import Random
from zipfile import ZipFile

from benchmarks.endurance.mutations.parts import Parts, entry, packed


def truncated(parts: Parts, random: Random) -> bytes:
    """Cut the file short, as a broken download does."""
    content = packed(parts)
    return content[: random.randrange(len(content))]


def flipped(parts: Parts, random: Random) -> bytes:
    """Turn some bits over."""
    content = bytearray(packed(parts))
    for _ in range(random.choice([1, 1, 5, 50])):
        content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    return bytes(content)


def _in_directory(parts: Parts, random: Random, offset: int, form: str, value: int) -> bytes:
    """Overwrite a field of one entry of the zip's directory, which begins with PK 01 02."""
    content = bytearray(packed(parts))
    entries = [one.start() for one in re.finditer(rb"PK\x01\x02", content)]
    struct.pack_into(form, content, random.choice(entries) + offset, value)
    return bytes(content)


def wrong_checksum(parts: Parts, random: Random) -> bytes:
    """Give a part another checksum."""
    return _in_directory(parts, random, 16, "<I", random.getrandbits(32))


def zip_version(parts: Parts, random: Random) -> bytes:
    """Ask for another version of zip."""
    return _in_directory(parts, random, 6, "<H", random.choice([0, 45, 63, 64, 255, 65535]))


def zip_flags(parts: Parts, random: Random) -> bytes:
    """Call a part encrypted, patched or otherwise special."""
    return _in_directory(parts, random, 8, "<H", random.choice([1, 8, 0x20, 0x41, 0x800, 0x2000]))


def zip_method(parts: Parts, random: Random) -> bytes:
    """Name another way of packing."""
    return _in_directory(parts, random, 10, "<H", random.choice([0, 1, 6, 9, 12, 14, 99]))


def zip_sizes(parts: Parts, random: Random) -> bytes:
    """Lie about sizes and places; all ones mean that a zip64 field has them, which is not there."""
    offset = random.choice([20, 24, 42])
    value = random.choice([0, 1, 0xFFFFFFFE, 0xFFFFFFFF, random.getrandbits(32)])
    return _in_directory(parts, random, offset, "<I", value)


def doubled_part(parts: Parts, random: Random) -> bytes:
    """Put a part in twice."""
    file = BytesIO(packed(parts))
    name = random.choice(list(parts))
    with ZipFile(file, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the name is there already is meant
        archive.writestr(entry(name), random.choice([parts[name], b"", b"<a/>"]))
    return file.getvalue()


def no_workbook(_: Parts, random: Random) -> bytes:
    """Return something that is no workbook at all."""
    return random.choice(
        [
            b"",
            b"PK",
            random.randbytes(5000),
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.randbytes(5000),
            "姓名,编号\n示例,R01\n".encode("gbk"),
            packed({"word/document.xml": b"<a/>", "[Content_Types].xml": b"<Types/>"}),
            b"%PDF-1.7\n" + random.randbytes(500),
        ]
    )
