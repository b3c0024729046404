"""The chapter of the guide to workbooks that tells of a book, written from its declarations."""

from __future__ import annotations

from rukang.forms.field import may_be_empty
from rukang.forms.form import Book, Form
from rukang.forms.workbook import described


def chapter(book: Book) -> str:
    """Return the chapter of a workbook, in Markdown; optional columns are starred."""
    notes = [line for zh, en in book.notes for line in (zh, en)]
    return "\n\n".join([f"## {book.title}", "\n".join(notes), *map(_section, book.forms)]) + "\n"


def _section(form: Form) -> str:
    lines = ["| 列 | 含义 |", "|---|---|"]
    for name, field in form.fields.items():
        star = "*" if may_be_empty(form.record, name) else ""
        told = " · ".join(described(form, name)).strip()
        lines.append(f"| {field.zh}{star} | {told} |")
        if field.refers is not None:
            words = "与登记不符即报错，防止错行 · guards against a slipped row"
            lines.append(f"| {field.refers.name} | {words} |")
    note = ["", *form.note] if form.note else []
    return "\n".join([f"### {form.sheet} · {form.en}", "", *lines, *note])
