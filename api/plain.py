"""Text that no database stores is refused at one place: a NUL, or half of a surrogate pair."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from rukang.base.errors import InvalidError

ESCAPED = re.compile(rb"\\u(0000|[dD][89a-fA-F])")
"""How JSON writes such characters; a body without them need not be looked through."""

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def plain_text(request: Request) -> None:
    """Refuse a request with a character in it that cannot be stored, wherever it stands.

    Raises
    ------
    InvalidError
        Naming the part of the request; the bytes of a file are not looked at.
    """
    if "\x00" in request.url.path or b"\x00" in unquote_to_bytes(request.scope["query_string"]):
        raise _refusal("地址", "address")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in FORMS:
        texts: Iterator[str] = _of_form(await request.form())
    elif kind.endswith("json") and ESCAPED.search(content := await request.body()):
        texts = _of_json(content)
    else:
        return
    if not all(map(_stores, texts)):
        raise _refusal("内容", "body")


def _of_form(form: FormData) -> Iterator[str]:
    for name, value in form.multi_items():
        yield name
        yield (value.filename or "") if isinstance(value, UploadFile) else value


def _of_json(content: bytes) -> Iterator[str]:
    try:
        yield from _texts(json.loads(content))
    except (ValueError, RecursionError):
        return  # no JSON: refused as such where it is read


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _stores(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= one <= "\udfff" for one in text)


def _refusal(zh: str, en: str) -> InvalidError:
    return InvalidError(
        f"请求的{zh}里有不能保存的字符（NUL 或残缺的代理对），请去掉后再试。",
        f"The {en} of the request holds a character that cannot be stored (NUL or half a surrogate"
        " pair); take it out.",
    )
