"""A wage run as its documents see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from payroll import ExplainedLine, Payslip, yuan
from payroll.payslip import cite
from rukang.clock import month_in_words
from rukang.homes import Home
from rukang.pay.documents.figures import EXAMPLE, is_example
from rukang.pay.records import PayRun, PayslipRecord
from rukang.pay.stored import payslip_of


@dataclass(frozen=True)
class Paid:
    """One person's pay: the record with its totals, and the explained lines."""

    record: PayslipRecord
    slip: Payslip

    @property
    def employer(self) -> str:
        """Return who pays."""
        return self.record.employment.employer.name


@dataclass(frozen=True)
class PaidMonth:
    """Everybody's pay of one home and month, and the moment of writing."""

    home: Home
    month: date
    made_at: datetime
    people: tuple[Paid, ...]

    @property
    def title(self) -> str:
        """Return home and month, as every heading names them."""
        return f"{self.home.name} {month_in_words(self.month)}"


def paid_month(session: Session, run: PayRun) -> PaidMonth:
    """Return a calculated run, in the order it was calculated."""
    people = tuple(Paid(record, payslip_of(record)) for record in run.payslips)
    home = session.get_one(Home, run.home_id)
    return PaidMonth(home, run.month, session.info["clock"](), people)


def in_words(line: ExplainedLine) -> tuple[str, str]:
    """Return how a line was computed, in Chinese and English, without name, amount, documents."""
    amount, documents = yuan(line.amount_fen), documents_of(line)
    basis = f"；依据 {documents}" if documents else ""
    zh = line.zh.removeprefix(f"{line.name.zh} {amount} = ").removesuffix(basis)
    return zh, line.en.removeprefix(f"{line.name.en} {amount} = ")


def documents_of(line: ExplainedLine) -> str:
    """Return the documents behind a line's figures, each with its standing unless official."""
    return "；".join(dict.fromkeys(cite(figure) for figure in line.figures))


def example_note(month: PaidMonth) -> str:
    """Return the footer that says that figures are examples, if any of them is."""
    figures = (figure for paid in month.people for figure in paid.slip.unconfirmed)
    return f"▲ {EXAMPLE}" if any(is_example(figure) for figure in figures) else ""
