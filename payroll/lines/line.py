"""One line of everyone's payslip, able to explain itself for each person."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, Protocol

from payroll.figures import NOBODY, Figure
from payroll.money import Column, Mask, yuan
from payroll.policy import Name, Resolved

Language = Literal["zh", "en"]


class LineKind(StrEnum):
    """What a line does: gross is the sum of earnings, net what the next three leave of it.

    Where they leave less than nothing, an advance by the employer brings net to nil.
    """

    EARNING = "earning"
    EMPLOYEE_SHARE = "employee_share"
    TAX = "tax"
    DEDUCTION = "deduction"
    ADVANCE = "advance"
    NET = "net"
    EMPLOYER_COST = "employer_cost"
    INFO = "info"


class Operand(Protocol):
    """Something a formula names, written out for one row: a person, or a spell."""

    def text(self, row: int, language: Language) -> str:
        """Return the operand in words or figures."""
        ...


@dataclass(frozen=True)
class Yuan:
    """Amounts of fen, written as yuan."""

    amounts: Column

    def text(self, row: int, _language: Language) -> str:
        """Return yuan with two decimals."""
        return str(yuan(self.amounts[row]))


@dataclass(frozen=True)
class Hundredths:
    """Days or hours, written without needless zeros."""

    counts: Column

    def text(self, row: int, _language: Language) -> str:
        """Return the number."""
        return plain(Decimal(int(self.counts[row])) / 100)


@dataclass(frozen=True)
class Share:
    """Exact fractions, written as percentages."""

    numerators: Column | int
    denominators: Column | int

    def text(self, row: int, _language: Language) -> str:
        """Return the percentage."""
        parts = (self.numerators, self.denominators)
        top, unit = (part if isinstance(part, int) else int(part[row]) for part in parts)
        share = Decimal(top) / unit
        return f"{plain(share * 100)} %"


@dataclass(frozen=True)
class Words:
    """A text of its own for each person, such as the list of pieces."""

    read: Callable[[int], str]

    def text(self, row: int, _language: Language) -> str:
        """Return the text."""
        return self.read(row)


@dataclass(frozen=True)
class Sentence:
    """A text of its own for each person and language."""

    read: Callable[[int, Language], str]

    def text(self, row: int, language: Language) -> str:
        """Return the text."""
        return self.read(row, language)


@dataclass(frozen=True)
class Dated:
    """A dated figure, written in its unit."""

    figure: Figure

    def text(self, row: int, language: Language) -> str:
        """Return the figure's value."""
        which = int(self.figure.row[row])
        return "" if which == NOBODY else value_text(self.figure.found[which], language)


@dataclass(frozen=True)
class Changing(Dated):
    """A dated figure that may change within the month: what it comes to, and how."""

    later: Figure
    amounts: Column
    since: Callable[[int], tuple[str, str]]
    """The words for the day of the change on a row."""

    def text(self, row: int, language: Language) -> str:
        """Return the value, or the blend of both with their days."""
        before = super().text(row, language)
        which = int(self.later.row[row])
        if which == NOBODY:
            return before
        after = value_text(self.later.found[which], language)
        zh, en = self.since(row)
        whole = yuan(self.amounts[row])
        if language == "zh":
            return f"{whole}（{zh}前 {before}，{zh}起 {after}，按在职天数折合）"
        return f"{whole} ({before} before {en}, {after} from then on, by days employed)"


@dataclass(frozen=True)
class Formula:
    """How a line is computed, with operands named in braces."""

    zh: str
    en: str


@dataclass(frozen=True)
class Line:
    """One quantity for everyone.

    ``variant`` says which of the ``formulas`` applies to a row; ``applies`` on whose payslip
    the line is shown; ``inputs`` names the other lines and input fields it is made from;
    ``figures`` are those it reads beside the ones its formulas show. Where a line is reckoned
    spell by spell, variants and operands are those of spells and ``spells_of`` names a person's.
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
    spells_of: Callable[[int], range] | None = None

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
        return " + ".join(self._words(row, language) for row in self._rows(person))

    def _rows(self, person: int) -> Iterable[int]:
        return (person,) if self.spells_of is None else self.spells_of(person)

    def _words(self, row: int, language: Language) -> str:
        formula = self.formulas[int(self.variant[row])]
        template = formula.zh if language == "zh" else formula.en
        return template.format(
            **{name: operand.text(row, language) for name, operand in self.operands.items()}
        )

    @property
    def all_figures(self) -> tuple[Figure, ...]:
        """Return every figure that any of the formulas reads."""
        dated = (item.figure for item in self.operands.values() if isinstance(item, Dated))
        return (*dated, *self.figures)

    def figures_of(self, person: int) -> tuple[Resolved, ...]:
        """Return the dated figures behind one person's amount: those of its own formula."""
        formulas = {self.formulas[int(self.variant[row])].zh for row in self._rows(person)}
        named = [
            item.figure
            for name, item in self.operands.items()
            if isinstance(item, Dated) and any(f"{{{name}}}" in formula for formula in formulas)
        ]
        return tuple(found for figure in (*named, *self.figures) for found in figure.of(person))


def value_text(figure: Resolved, language: Language) -> str:
    """Return the value of a figure as people write it."""
    match figure.unit:
        case "yuan":
            return str(yuan(figure.fen))
        case "rate" | "multiple":
            return f"{plain(figure.value * 100)} %"
        case "rounding" | "tax_category":
            return str(figure.value.words[language == "en"])
        case "flag":
            return _YES_NO[language][bool(figure.value)]
        case "retirement":
            return str(figure.value)
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
