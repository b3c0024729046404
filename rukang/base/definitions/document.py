"""A YAML document with the place of everything in it, read without trust in who wrote it.

Refused are tags, depths and sizes that no definition has, aliases written out (a few lines of them
unfold into gigabytes), and keys that stand twice, of which YAML would silently take the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from rostering.sheets.masking import shown
from rukang.base.words import Bilingual, Strict, Text, both

MOST_CHARACTERS = 1_000_000
"""Of a document; the shipped example has 30 000."""

MOST_PARTS = 100_000
"""Keys and values of a document, aliases written out; the shipped example has 4 000."""

MOST_DEPTH = 40
"""Of lists and mappings within each other."""

_NO_TEXTS = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:int"}

Where = tuple[str | int, ...]
"""Keys and places that lead to a value."""


class Fault(Strict):
    """One thing that is wrong with a document, where, and how to mend it.

    Parameters
    ----------
    line, column
        From 1; none where the whole is meant, or the text is not at hand.
    path
        Keys and places from the top, such as ``stars.0.at_least``.
    """

    line: int | None = None
    column: int | None = None
    path: str = ""
    zh: str
    en: str

    def __str__(self) -> str:
        """One line: where, then the sentence in Chinese and English."""
        if self.line is None:
            return both(self)
        path = f" {self.path}" if self.path else ""
        zh = f"第 {self.line} 行第 {self.column} 列{path}：{self.zh}"
        return f"{zh} / line {self.line}, column {self.column}: {self.en}"


class Remark(NamedTuple):
    """One thing that lint finds: the path of what has to be mended, and a sentence."""

    where: Where
    said: Text

    @property
    def words(self) -> str:
        """Return the sentence in one line, in Chinese and English."""
        return str(self.said)

    def __str__(self) -> str:
        """Return the sentence in one line, in Chinese and English."""
        return self.words


class DocumentError(Exception):
    """Text that is no document; `faults` says where and why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True)
class Document:
    """Plain data, and the node of YAML behind it."""

    content: Any
    node: yaml.Node | None

    def fault(self, where: Where, said: Bilingual) -> Fault:
        """Return a fault at a value, or at the last of what leads to it that is there."""
        node, path = self._follow(where)
        mark = node.start_mark if node is not None else None
        return Fault(
            line=mark.line + 1 if mark else 1,
            column=mark.column + 1 if mark else 1,
            path=".".join(map(str, path)),
            zh=said.zh,
            en=said.en,
        )

    def value(self, where: Where) -> Any:
        """Return the value that a path of pydantic leads to; none if it is not there."""
        found = self.content
        for part in _there(self.content, where):
            found = found[part]
        return found

    def _follow(self, where: Where) -> tuple[yaml.Node | None, Where]:
        path = _there(self.content, where)
        written: list[str | int] = list(path)
        node = self.node
        for place, part in enumerate(path):
            if isinstance(node, yaml.MappingNode):
                entry = next((pair for pair in node.value if _key(pair[0]) == part), None)
                if entry is None:  # merged in by <<
                    return node, tuple(written)
                written[place] = str(entry[0].value)
                if place == len(path) - 1 and part == where[-1]:
                    return entry[0], tuple(written)
                node = entry[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
                node = node.value[part]
        return node, tuple(written)


def read_document(text: str) -> Document:
    """Return the document in a text.

    Raises
    ------
    DocumentError
        If it is no YAML, or more than a definition may be.
    """
    if len(text) > MOST_CHARACTERS:
        raise DocumentError(
            Fault(
                zh=f"文件有 {len(text)} 个字符，最多 {MOST_CHARACTERS}，不像人写的定义",
                en=f"the file has {len(text)} characters, {MOST_CHARACTERS} at most; nobody"
                " writes such a definition",
            )
        )
    try:
        _refuse_unsafe(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is not None and _parts(node, {}, set()) > MOST_PARTS:
            zh = f"别名展开后超过 {MOST_PARTS} 项，不像人写的定义"
            en = f"with aliases written out it has more than {MOST_PARTS} parts"
            raise DocumentError(_at(node.start_mark, zh, en))
        if faults := tuple(_twice(node)):
            raise DocumentError(*faults)
        return Document(yaml.safe_load(text), node)
    except yaml.YAMLError as error:
        # Not the error's own words: they quote the file.
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        raise DocumentError(_at(mark, "不是有效的 YAML", "not valid YAML")) from error
    except ValueError as error:  # a date such as 2026-13-45
        raise DocumentError(_no_date(text)) from error


def _refuse_unsafe(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if (tag := getattr(event, "tag", None)) and not tag.startswith("tag:yaml.org,2002:str"):
            zh, en = "不能用 YAML 标签（!）", "no YAML tags (!)"
            raise DocumentError(_at(event.start_mark, zh, en))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEPTH:
            zh, en = f"嵌套超过 {MOST_DEPTH} 层", f"nested more than {MOST_DEPTH} deep"
            raise DocumentError(_at(event.start_mark, zh, en))


def _parts(node: yaml.Node, known: dict[int, int], within: set[int]) -> int:
    """Return how many keys and values there are; of what holds itself more than may be."""
    if id(node) in within:
        return MOST_PARTS + 1
    if id(node) not in known:
        pairs = node.value if isinstance(node, yaml.CollectionNode) else ()
        inner = [part for pair in pairs for part in (pair if isinstance(pair, tuple) else (pair,))]
        known[id(node)] = 1 + sum(_parts(part, known, {*within, id(node)}) for part in inner)
    return known[id(node)]


def _twice(node: yaml.Node | None) -> Iterator[Fault]:
    """Yield every key that stands twice in one mapping."""
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                yield _at(
                    key.start_mark,
                    f"{shown(name)} 重复，第 {seen[name]} 行已有，请删去一个",
                    f"{shown(name)} stands twice, first on line {seen[name]}; remove one",
                )
            seen.setdefault(name, key.start_mark.line + 1)
            yield from _twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _twice(item)


def _no_date(text: str) -> Fault:
    """Return the fault of the first scalar that looks like a date and is none."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.ScalarEvent) and event.implicit[0]:
            try:
                yaml.safe_load(event.value)
            except ValueError:
                zh = "没有这一天（日期请写成 2026-10-01 这样），或数字太长"
                en = "there is no such day (write it like 2026-10-01), or the number is too long"
                return _at(event.start_mark, zh, en)
            except yaml.YAMLError:
                continue
    return Fault(zh="有不存在的日期", en="some day does not exist")


def _key(node: yaml.Node) -> Any:
    """Return the key that a node stands for: an unquoted ``yes`` is true, as YAML reads it."""
    return yaml.safe_load(str(node.value)) if node.tag in _NO_TEXTS else node.value


def _at(mark: Any, zh: str, en: str) -> Fault:
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Fault(line=line, column=column, zh=zh, en=en)


def _there(content: Any, where: Where) -> Where:
    """Return the parts of a path that are keys and places of the content; pydantic names kinds."""
    found, path = content, list[str | int]()
    for part in where:
        inside = (isinstance(found, dict) and part in found) or (
            isinstance(found, Sequence) and isinstance(part, int) and part < len(found)
        )
        if inside:
            found = found[part]
            path.append(part)
    return tuple(path)
