"""Compute a month's wages: the whole of it on one page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from payroll.columns import Columns
from payroll.figures import CATEGORY, Figure, UnknownToSome, classified, resolve
from payroll.given import one, several
from payroll.lines.arrears import arrears
from payroll.lines.catalogue import CATALOGUE
from payroll.lines.earned.earnings import earnings
from payroll.lines.earned.minimum import gross, minimum_wage
from payroll.lines.limits import limits
from payroll.lines.payout import deductions, employer_total, net, recovery
from payroll.lines.sheet import Sheet
from payroll.lines.withheld.contributions import contributions
from payroll.lines.withheld.tax import income_tax
from payroll.month import Month
from payroll.payslips.result import Payroll
from payroll.policy import Name, Policy
from payroll.refuse import Problem, jobs, problems, refuse
from payroll.worker import WorkerMonth

STEPS = (
    earnings,
    contributions,  # before the minimum: some places put own insurance on top of it
    minimum_wage,
    arrears,
    gross,
    income_tax,
    deductions,
    recovery,
    net,
    employer_total,
    limits,
)


def compute(month: Month, workers: Sequence[WorkerMonth] | Columns, policy: Policy) -> Payroll:
    """Return everyone's wages of a month, each line traceable to rule, figure and input.

    The same inputs and policy always give the same result to the bit. Dated figures are those
    that hold on the first day of the month; tax is withheld as of the same month.

    Parameters
    ----------
    month
        The month worked and paid.
    workers
        One record per person and employer, or their columns; their order is kept.
    policy
        The dated rule base, with the user's own figures.

    Raises
    ------
    GivenTypeError
        When something of another type was given, saying how it is written.
    RefusedInput
        When a month cannot be right, naming every problem of every person.
    UnknownFigure
        When figures are not known, naming each parameter, place and day.
    """
    people, category = classified(policy, _people(month, workers, policy))
    refuse(problems(people))
    sheet = _sheet(people, policy, category)
    refuse(sheet.problems)
    return _payroll(sheet)


def _people(month: Month, workers: Sequence[WorkerMonth] | Columns, policy: Policy) -> Columns:
    _require(month, workers, policy)
    return workers if isinstance(workers, Columns) else Columns.of(month, workers)


def _require(month: Month, workers: Sequence[WorkerMonth] | Columns, policy: Policy) -> None:
    """Raise a :class:`GivenTypeError` if something of another type was given."""
    one(month, Month, "月份", "month", "Month(2026, 10)")
    one(policy, Policy, "政策库", "policy", "Policy.load()")
    if not isinstance(workers, Columns):
        several(workers, WorkerMonth, "人员", "workers", "[WorkerMonth(…)]")


@dataclass(frozen=True)
class Each:
    """A month of those who can be computed, and why the others cannot.

    ``computed`` are the places of the payroll's people among the workers given, ``refused`` the
    reasons of the others by theirs, counted from 0.
    """

    payroll: Payroll
    computed: tuple[int, ...]
    refused: Mapping[int, tuple[Name, ...]]


def compute_each(
    month: Month, workers: Sequence[WorkerMonth], policy: Policy, *, settled: bool = False
) -> Each:
    """Return the wages of everybody whose month can be right; nobody stops the others.

    What `compute` refuses of one person, and a figure that is unknown for some, leaves out those
    people alone, each with the reasons.

    Parameters
    ----------
    settled
        That the month was paid and is computed again to be settled: limits of what may be kept
        from a wage were those of its time and refuse nothing.
    """
    _require(month, workers, policy)
    refused: dict[int, list[Name]] = defaultdict(list)
    going = list(range(len(workers)))
    while True:
        people, category = classified(policy, Columns.of(month, [workers[at] for at in going]))
        found = _refusals(problems(people), people)
        if not found:
            try:
                sheet = _sheet(people, policy, category)
            except UnknownToSome as unknown:
                found = _unknown(unknown)
            else:
                found = {} if settled else _refusals(sheet.problems, people)
                if not found:
                    told = {at: tuple(dict.fromkeys(why)) for at, why in refused.items()}
                    return Each(_payroll(sheet), tuple(going), told)
        for person, reasons in found.items():
            refused[going[person]] += reasons
        going = [at for person, at in enumerate(going) if person not in found]


def _refusals(found: Iterable[Problem], people: Columns) -> dict[int, list[Name]]:
    """Return problems by person; of somebody given twice every record is refused."""
    by_person: dict[int, list[Name]] = defaultdict(list)
    for problem in found:
        name = Name(zh=f"{problem.field}：{problem.zh}", en=f"{problem.field}: {problem.en}")
        for person in _same(people, problem) if problem.field == "id" else (problem.person,):
            by_person[person].append(name)
    return by_person


def _same(people: Columns, problem: Problem) -> list[int]:
    """Return the rows of somebody given more than once with one job."""
    rows = jobs(people)
    return [person for person, row in enumerate(rows) if row == rows[problem.person]]


def _unknown(unknown: UnknownToSome) -> dict[int, list[Name]]:
    by_person: dict[int, list[Name]] = defaultdict(list)
    for missing, persons in unknown.lacks:
        words = Name(
            zh=f"{missing.words.zh}；请核实后写进本地政策文件",
            en=f"{missing.words.en}; ask for it and write it into the local policy file",
        )
        for person in persons.tolist():
            by_person[person].append(words)
    return by_person


def _sheet(people: Columns, policy: Policy, category: Figure) -> Sheet:
    sheet = Sheet(people, resolve(policy, people) | {CATEGORY.parameter: category})
    for step in STEPS:
        step(sheet)
    return sheet


def _payroll(sheet: Sheet) -> Payroll:
    lines = tuple(sheet.lines[code] for code in CATALOGUE if code in sheet.lines)
    return Payroll(sheet.people.month, sheet.people, lines, tuple(sheet.warnings))
