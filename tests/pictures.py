"""Pictures and papers that really open, made for the tests; nothing is to be seen on them."""

from __future__ import annotations

import random
from functools import cache
from io import BytesIO

from PIL import Image
from pypdf import PdfWriter


@cache
def a_picture(kind: str = "JPEG", side: int = 64, size: int = 0, seed: int = 1) -> bytes:
    """Return a picture of noise, followed by empty bytes up to a size where one is given."""
    noise = random.Random(seed).randbytes(side * side * 3)  # noqa: S311 - a picture, no secret
    target = BytesIO()
    Image.frombytes("RGB", (side, side), noise).save(target, kind)
    return target.getvalue().ljust(size, b"\0")


@cache
def a_paper(password: str = "") -> bytes:
    """Return a PDF of one empty page."""
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()
