"""One number of a payslip, followed back to inputs, figures and documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from payroll.lines.catalogue import CATALOGUE
from payroll.lines.line import value_text
from payroll.payslips.payslip import ExplainedLine, Payslip, cite
from payroll.policy import Name, Resolved


@dataclass(frozen=True)
class Explanation:
    """A line, the lines it is made of, the inputs it reads, and the figures behind it.

    ``made_of`` are explanations themselves, down to lines that are made of inputs alone.
    ``inputs`` names fields of the person's record.
    """

    line: ExplainedLine
    made_of: tuple[Explanation, ...]
    inputs: tuple[str, ...]

    def text(self) -> str:
        """Return the whole way down as indented text, Chinese first."""
        return "\n".join(_rows(self, 0))

    def plain(self) -> dict[str, Any]:
        """Return the whole way down as JSON-ready data; amounts in fen."""
        return {
            "code": self.line.code,
            "name": {"zh": self.line.name.zh, "en": self.line.name.en},
            "amount_fen": self.line.amount_fen,
            "zh": self.line.zh,
            "en": self.line.en,
            "rule": self.line.rule,
            "source": self.line.source,
            "inputs": list(self.inputs),
            "figures": [_figure(figure) for figure in self.line.figures],
            "made_of": [part.plain() for part in self.made_of],
        }


def explain(slip: Payslip, code: str) -> Explanation:
    """Return where a line of a payslip comes from, all the way down.

    Raises
    ------
    LookupError
        If the payslip does not show the line, naming those it shows.
    """
    lines = {line.code: line for line in slip.lines}
    if code not in lines:
        raise LookupError(
            Name(
                zh=f"这张工资条没有 {code}；有：{'、'.join(lines)}",
                en="the payslip shows no such line",
            )
        )
    return _explain(lines, code)


def _explain(lines: dict[str, ExplainedLine], code: str) -> Explanation:
    line = lines[code]
    # An input that is a line of the catalogue but not on this payslip is nil, and says nothing.
    others = [name for name in line.inputs if name != code]
    parts = tuple(_explain(lines, part) for part in others if part in lines)
    # The allowances of a payslip are made of those of the record: one name for both.
    fields = tuple(name for name in line.inputs if name == code or name not in CATALOGUE)
    return Explanation(line, parts, fields)


def _rows(part: Explanation, depth: int) -> Iterator[str]:
    margin, line = "    " * depth, part.line
    yield f"{margin}{line.zh}"
    yield f"{margin}  {line.en}"
    yield f"{margin}  规则 rule：{line.rule}（{line.source}）"
    for figure in line.figures:
        yield (
            f"{margin}  数值 figure：{figure.name.zh} {value_text(figure, 'zh')}"
            f"（{figure.place}，{figure.valid_from} 起）：{cite(figure)}"
        )
    if part.inputs:
        yield f"{margin}  输入 inputs：{'、'.join(part.inputs)}"
    for inner in part.made_of:
        yield from _rows(inner, depth + 1)


def _figure(figure: Resolved) -> dict[str, Any]:
    return {
        "parameter": figure.parameter,
        "name": {"zh": figure.name.zh, "en": figure.name.en},
        "value": value_text(figure, "zh"),
        "place": figure.place,
        "from": figure.valid_from.isoformat(),
        "to": figure.valid_to.isoformat() if figure.valid_to else None,
        "document": figure.document,
        "article": figure.article,
        "source": figure.source,
        "standing": figure.standing.value,
        "provisional": figure.provisional,
        "chosen_by": _figure(figure.via) if figure.via else None,
    }
