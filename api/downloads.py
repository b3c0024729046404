"""Files handed out, to be kept under a name of their own."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

from fastapi import Response

TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".zip": "application/zip",
    ".ics": "text/calendar; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
"""Kinds of files that are written, and what a browser calls them."""

FILE = {"type": "string", "format": "binary"}
"""The schema of a file's content."""


def answers(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """Return what the document says of an operation that answers with a file of these types."""
    kinds = (kind.partition(";")[0] for kind in media_types)
    return {200: {"content": {kind: {"schema": FILE} for kind in kinds}}}


def attached(content: bytes, name: str) -> Response:
    """Return a file to be kept under its name, which may be Chinese (RFC 6266)."""
    header = f"attachment; filename*=UTF-8''{quote(name.replace('/', ' '))}"
    kind = TYPES[PurePath(name).suffix]
    return Response(content, media_type=kind, headers={"Content-Disposition": header})


def packed(files: Iterable[Path]) -> bytes:
    """Return files as one archive, each under its own name."""
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for file in files:
            archive.write(file, file.name)
    return content.getvalue()
