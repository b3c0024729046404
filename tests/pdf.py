"""The text of a PDF that fpdf2 wrote, page by page."""

from __future__ import annotations

import re
import zlib

BYTE = re.compile(rb"\\(.)", re.DOTALL)


def _streams(pdf: bytes) -> list[bytes]:
    found = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    return [zlib.decompress(s) if s[:1] == b"\x78" else s for s in found]


def _glyphs(stream: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})>", stream)
    return {int(glyph, 16): chr(int(code, 16)) for glyph, code in pairs}


def _unescaped(text: bytes) -> bytes:
    return BYTE.sub(lambda m: {b"r": b"\r", b"n": b"\n"}.get(m[1], m[1]), text)


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page; the two fonts stand in the file in order of their names."""
    streams = _streams(pdf)
    fonts = [_glyphs(stream) for stream in streams if b"beginbfchar" in stream]
    return [_text(stream, fonts) for stream in streams if b") Tj" in stream]


def _text(stream: bytes, fonts: list[dict[int, str]]) -> str:
    written, font = [], fonts[0]
    pattern = rb"/F(\d) [\d.]+ Tf|\(((?:[^\\()]|\\.)*)\) Tj"
    for name, shown in re.findall(pattern, stream, re.DOTALL):
        if name:
            font = fonts[int(name) - 1]
            continue
        codes = _unescaped(shown)
        glyphs = zip(codes[::2], codes[1::2], strict=True)
        written.append("".join(font[high << 8 | low] for high, low in glyphs))
    return "\n".join(written)
