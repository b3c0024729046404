"""One line of everyone's payslip, able to explain itself for each person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, Protocol

from payroll.figures import Figure
from payroll.money import Column, Mask, yuan
from payroll.policy import Name, Resolved

Language = Literal["zh", "en"]


class LineKind(StrEnum):
    """What a line does: gross is the sum of earnings, net what the next three leave of it."""

    EARNING = "earning"
    EMPLOYEE_SHARE = "employee_share"
    TAX = "tax"
    DEDUCTION = "deduction"
    NET = "net"
    EMPLOYER_COST = "employer_cost"
    INFO = "info"


class Operand(Protocol):
    """Something a formula names, written out for one person."""

    def text(self, person: int, language: Language) -> str:
        """Return the operand in words or figures."""
        ...


@dataclass(frozen=True)
class Yuan:
    """Amounts of fen, written as yuan."""

    amounts: Column

    def text(self, person: int, _language: Language) -> str:
        """Return yuan with two decimals."""
        return str(yuan(self.amounts[person]))


@dataclass(frozen=True)
class Hundredths:
    """Days or hours, written without needless zeros."""

    counts: Column

    def text(self, person: int, _language: Language) -> str:
        """Return the number."""
        return plain(Decimal(int(self.counts[person])) / 100)


@dataclass(frozen=True)
class Words:
    """A text of its own for each person, such as the list of pieces."""

    read: Callable[[int], str]

    def text(self, person: int, _language: Language) -> str:
        """Return the text."""
        return self.read(person)


@dataclass(frozen=True)
class Dated:
    """A dated figure, written in its unit."""

    figure: Figure

    def text(self, person: int, language: Language) -> str:
        """Return the figure's value."""
        resolved = self.figure.at(person)
        return "" if resolved is None else value_text(resolved, language)


@dataclass(frozen=True)
class Formula:
    """How a line is computed, with operands named in braces."""

    zh: str
    en: str


@dataclass(frozen=True)
class Line:
    """One quantity for everyone.

    ``variant`` says, per person, which of the ``formulas`` applies; ``applies`` on whose payslip
    the line is shown; ``inputs`` names the other lines and input fields it is made from;
    ``figures`` are those it reads beside the ones its formulas show.
    """

    code: str
    name: Name
    kind: LineKind
    amounts: Column
    rule: Callable[..., Any]
    formulas: tuple[Formula, ...]
    variant: Column
    operands: Mapping[str, Operand]
    figures: tuple[Figure, ...]
    inputs: tuple[str, ...]
    applies: Mask

    @property
    def rule_name(self) -> str:
        """Return the dotted name of the rule's function."""
        return f"{self.rule.__module__}.{self.rule.__qualname__}"

    @property
    def source(self) -> str:
        """Return the legal source, as the rule's own documentation states it."""
        _, _, references = (self.rule.__doc__ or "").partition("References\n")
        return " ".join(references.replace("----------", "").split())

    def explain(self, person: int, language: Language) -> str:
        """Return the computation of one person's amount in words and figures."""
        formula = self.formulas[int(self.variant[person])]
        template = formula.zh if language == "zh" else formula.en
        return template.format(
            **{name: operand.text(person, language) for name, operand in self.operands.items()}
        )

    @property
    def all_figures(self) -> tuple[Figure, ...]:
        """Return every figure that any of the formulas reads."""
        dated = (item.figure for item in self.operands.values() if isinstance(item, Dated))
        return (*dated, *self.figures)

    def figures_of(self, person: int) -> tuple[Resolved, ...]:
        """Return the dated figures behind one person's amount: those of its own formula."""
        formula = self.formulas[int(self.variant[person])]
        named = [
            item.figure
            for name, item in self.operands.items()
            if isinstance(item, Dated) and f"{{{name}}}" in formula.zh
        ]
        found = (figure.at(person) for figure in (*named, *self.figures))
        return tuple(figure for figure in found if figure is not None)


def value_text(figure: Resolved, language: Language) -> str:
    """Return the value of a figure as people write it."""
    match figure.unit:
        case "yuan":
            return str(yuan(figure.fen))
        case "rate" | "multiple":
            return f"{plain(figure.value * 100)} %"
        case "rounding":
            return str(figure.value.words[language == "en"])
        case "flag":
            return _YES_NO[language][bool(figure.value)]
        case "words":
            return "、".join(figure.value)
        case "brackets":
            steps = (f"{plain(step.rate * 100)} %" for step in figure.value)
            return " / ".join(steps)
        case _:
            return plain(Decimal(figure.value))


_YES_NO: dict[Language, tuple[str, str]] = {"zh": ("否", "是"), "en": ("no", "yes")}


def plain(number: Decimal) -> str:
    """Return a number without exponent or needless zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
