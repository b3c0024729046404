"""English of the pages: a sentence's capital and no other, as people write."""

from __future__ import annotations

import re

from babel.messages.pofile import read_po

from api.pages import words

UNITS = {"points", "yuan", "violations"}  # stand behind a number
NAMES = {
    "All", "API", "China", "Council's", "CSV", "Excel", "Homes", "I", "ID", "JavaScript", "JSON",
    "OpenAPI", "PDF", "Rukang", "State", "TLS", "YAML",
}  # fmt: skip


def test_english_is_in_sentence_case() -> None:
    """Neither labels in lower case nor Titles Like This, nor words that shout."""
    with words.CATALOGUE.open("rb") as file:
        texts = [str(message.string) for message in read_po(file) if message.id]
    assert len(texts) > 400
    assert [text for text in texts if text[:1].islower() and not _may_be_low(text)] == []
    assert [text for text in texts if _stray(text)] == []


def _may_be_low(text: str) -> bool:
    return text in UNITS or text.startswith(("rukang ", "docs/", "κ"))


def _stray(text: str) -> list[str]:
    """Return words with a capital that begin no sentence and are no name."""
    inside = re.findall(r"(?<=[a-z,;] )[A-Z][\w'’]*", text)
    return [word for word in inside if word not in NAMES]
