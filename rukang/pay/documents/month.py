"""A wage run as its documents see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import ExplainedLine, Payslip, WorkerMonth, yuan
from payroll.payslips.payslip import cite
from rukang.base.clock import month_in_words
from rukang.base.database import context
from rukang.bodies.homes import Home
from rukang.pay.documents.figures import EXAMPLE, is_example
from rukang.pay.store.records import PayRun, PayslipRecord, RunState
from rukang.pay.store.stored import homes_named, inputs_of, past_session, payslip_of
from rukang.pay.year.elsewhere import payee_of
from rukang.work.employment import Employer


@dataclass(frozen=True)
class Paid:
    """One person's pay: the record with its totals, the explained lines, the inputs, and where."""

    record: PayslipRecord
    slip: Payslip
    worker: WorkerMonth
    home: Home
    state: RunState

    @property
    def employer(self) -> str:
        """Return who pays."""
        return self.record.employment.employer.name


@dataclass(frozen=True)
class PaidMonth:
    """Everybody's pay of a month in some homes, and the moment of writing.

    ``payer`` is the employer whose people alone are in it, None for everybody of one home.
    """

    homes: tuple[Home, ...]
    month: date
    made_at: datetime
    people: tuple[Paid, ...]
    payer: Employer | None = None

    @property
    def title(self) -> str:
        """Return the home, or else the payer, and the month, as every heading names them."""
        of = self.payer.name if self.payer else "、".join(home.name for home in self.homes)
        return f"{of} {month_in_words(self.month)}"

    def of(self, payer: Employer) -> PaidMonth:
        """Return the month of one employer alone, with the homes in which it pays anybody."""
        own = tuple(p for p in self.people if p.record.employment.employer_id == payer.id)
        homes = tuple(dict.fromkeys(paid.home for paid in own))
        return replace(self, homes=homes, people=own, payer=payer)

    def together(self, *by: Callable[[Paid], object]) -> list[list[Paid]]:
        """Return everybody with all that one employer pays them, told apart by more if wanted.

        Offices take one row of a person and payer, in however many homes the work is done.
        """
        found: dict[tuple[object, ...], list[Paid]] = {}
        for paid in self.people:
            key = (payee_of(paid.record.employment), *(part(paid) for part in by))
            found.setdefault(key, []).append(paid)
        return list(found.values())

    def only(self, paid: Paid) -> PaidMonth:
        """Return the month of one person alone."""
        return replace(self, homes=(paid.home,), people=(paid,))

    @property
    def payers(self) -> list[Employer]:
        """Return everybody who pays in it, by number."""
        found = {p.record.employment.employer_id: p.record.employment.employer for p in self.people}
        return sorted(found.values(), key=lambda employer: employer.uscc)


def paid_month(session: Session, run: PayRun) -> PaidMonth:
    """Return a calculated run, in the order it was calculated."""
    home = session.get_one(Home, run.home_id)
    people = tuple(
        Paid(record, payslip_of(record), worker, home, run.state)
        for record, worker in inputs_of(run)
    )
    return PaidMonth((home,), run.month, context.now(session), people)


def slips_seen(session: Session, month: date) -> Sequence[PayslipRecord]:
    """Return every payslip of a month that the session may see, home by home.

    Whoever acts for one employer sees its payslips and no run, which holds others' too: the runs
    are asked past the session.
    """
    runs = PayRun.__table__.c
    calculated = select(runs.id).where(runs.month == month, runs.state != RunState.DRAFT)
    query = select(PayslipRecord).where(PayslipRecord.run_id.in_(calculated))
    seen = session.scalars(query).all()
    homes = homes_named(session, {record.home_id for record in seen})
    return sorted(seen, key=lambda record: (homes[record.home_id].code, record.id))


def months_together(session: Session, month: date) -> PaidMonth:
    """Return `slips_seen` as documents see them."""
    seen = slips_seen(session, month)
    homes = homes_named(session, {record.home_id for record in seen})
    frozen = past_session(session, {record.run_id for record in seen})
    people = []
    for record in seen:
        state, worker = frozen[record.id]
        name = record.employment.resident.person.name
        worker = worker.model_copy(update={"name": name})
        people.append(Paid(record, payslip_of(record), worker, homes[record.home_id], state))
    ordered = tuple(dict.fromkeys(paid.home for paid in people))
    return PaidMonth(ordered, month, context.now(session), tuple(people))


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
