"""One person's payslip, every number explained in Chinese and English."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from payroll.columns import Columns
from payroll.lines.line import Line, LineKind, value_text
from payroll.lines.sheet import Warn
from payroll.money import yuan
from payroll.month import Month
from payroll.policy import Name, Resolved

ALWAYS = frozenset({"gross", "net"})
"""Lines that a payslip shows also when they are nil."""


@dataclass(frozen=True)
class ExplainedLine:
    """One amount with its computation, its rule and the figures behind it."""

    code: str
    name: Name
    kind: LineKind
    amount_fen: int
    zh: str
    en: str
    rule: str
    source: str
    figures: tuple[Resolved, ...]
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Payslip:
    """What a person is paid for a month, and why."""

    month: Month
    worker: str
    name: str
    employer: str
    lines: tuple[ExplainedLine, ...]
    warnings: tuple[tuple[str, Name], ...]
    unconfirmed: tuple[Resolved, ...]

    def amount_fen(self, code: str) -> int:
        """Return the amount of a line, nil where the payslip does not show it."""
        return next((line.amount_fen for line in self.lines if line.code == code), 0)

    @property
    def shown(self) -> tuple[ExplainedLine, ...]:
        """Return the lines that say something: all but those of nil, net and gross pay always."""
        return tuple(line for line in self.lines if not _is_nil(line))

    @property
    def folded(self) -> tuple[ExplainedLine, ...]:
        """Return the lines of nil, which are shown together."""
        return tuple(filter(_is_nil, self.lines))

    @property
    def gross_fen(self) -> int:
        """Return gross pay."""
        return self.amount_fen("gross")

    @property
    def net_fen(self) -> int:
        """Return what is paid out."""
        return self.amount_fen("net")

    @property
    def employer_total_fen(self) -> int:
        """Return the full cost to the employer."""
        return self.amount_fen("employer_total")

    def text(self) -> str:
        """Return the payslip as plain text, Chinese first."""
        return "\n".join(
            (
                f"{self.month} 工资条 Payslip：{self.name}（{self.worker}），单位 {self.employer}",
                *(text for line in self.lines for text in (line.zh, f"    {line.en}")),
                *(f"提示 {code}：{text.zh} / {text.en}" for code, text in self.warnings),
                *(f"未确认的数 unconfirmed：{describe(figure)}" for figure in self.unconfirmed),
            )
        )


def _is_nil(line: ExplainedLine) -> bool:
    return not line.amount_fen and line.code not in ALWAYS


def payslip(
    people: Columns, person: int, lines: Sequence[Line], warnings: Iterable[Warn]
) -> Payslip:
    """Return one person's payslip out of everyone's columns."""
    shown = tuple(_explained(line, person) for line in lines if line.applies[person])
    figures = {figure.key: figure for line in shown for figure in line.figures}
    return Payslip(
        month=people.month,
        worker=people.ids[person],
        name=people.names[person],
        employer=people.employers.at(person),
        lines=shown,
        warnings=tuple((warn.code, warn.text) for warn in warnings if warn.people[person]),
        unconfirmed=tuple(figure for figure in figures.values() if not figure.confirmed),
    )


def _explained(line: Line, person: int) -> ExplainedLine:
    amount = yuan(line.amounts[person])
    figures = line.figures_of(person)
    documents = "；".join(dict.fromkeys(cite(figure) for figure in figures))
    basis = f"；依据 {documents}" if documents else ""
    return ExplainedLine(
        code=line.code,
        name=line.name,
        kind=line.kind,
        amount_fen=int(line.amounts[person]),
        zh=f"{line.name.zh} {amount} = {line.explain(person, 'zh')}{basis}",
        en=f"{line.name.en} {amount} = {line.explain(person, 'en')}",
        rule=line.rule_name,
        source=line.source,
        figures=figures,
        inputs=line.inputs,
    )


def cite(figure: Resolved) -> str:
    """Return a figure's document, with its standing where it is not official."""
    doubts = [figure.standing.zh] if not figure.confirmed else []
    if figure.provisional:
        doubts.append("暂按上年")
    if figure.via is not None and not figure.via.confirmed:
        doubts = [f"档次{figure.via.standing.zh}"]
    return f"{figure.document}{figure.article or ''}" + (
        f"（{'，'.join(doubts)}）" if doubts else ""
    )


def describe(figure: Resolved) -> str:
    """Return a figure with value, place and standing, for the list of unconfirmed figures."""
    return (
        f"{figure.name.zh} {value_text(figure, 'zh')}（{figure.place}，{figure.valid_from} 起）"
        f"：{cite(figure)}"
    )
