"""The VAT refund: the conditions of every month and who fails them, the limit, what is refunded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from payroll.employer.counting import Reading, bars, minimum_of
from payroll.employer.records import DisabledPerson, EmployerYear, PersonMonth
from payroll.lines.line import plain
from payroll.money import rounded
from payroll.policy import Name, Policy, Resolved
from payroll.worker import Insurance

MONTHS = range(1, 13)


@dataclass(frozen=True)
class Condition:
    """One condition, whether it is met, and who fails it (nobody in particular: the employer)."""

    name: Name
    is_met: bool
    failed_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class MonthOfVat:
    """One month: its conditions, the people it counts, the limit and what is refunded, in fen.

    ``from_months`` says out of which months' VAT the refund comes, ``left_out`` who works here and
    is no disabled member of the staff, and why.
    """

    month: int
    conditions: tuple[Condition, ...]
    people: tuple[str, ...]
    limit_fen: int
    refund_fen: int
    from_months: dict[int, int]
    left_out: dict[str, tuple[Name, ...]]

    @property
    def is_entitled(self) -> bool:
        """Whether every condition is met."""
        return all(condition.is_met for condition in self.conditions)


@dataclass(frozen=True)
class VatRefund:
    """A year of refunds under one reading of the minimum-wage condition, in fen."""

    reading: Reading
    months: tuple[MonthOfVat, ...]
    figures: tuple[Resolved, ...]

    @property
    def limit_fen(self) -> int:
        """Return the year's limit."""
        return sum(month.limit_fen for month in self.months)

    @property
    def refund_fen(self) -> int:
        """Return what is refunded of the year's VAT."""
        return sum(month.refund_fen for month in self.months)


def vat_refund(year: EmployerYear, policy: Policy, reading: Reading = Reading.BY_DAYS) -> VatRefund:
    """Return the refund of a year.

    For each disabled person and month up to a multiple of the county's minimum wage. Where a
    month's VAT does not suffice, the rest comes out of earlier months of the year and then out of
    later ones, never across years.

    References
    ----------
    财税〔2016〕52号
    """
    figures = {
        name: policy.value(f"company.vat.{name}", year.place, year.first_of(1)) for name in NAMES
    }
    judged = [_judge(year, policy, figures, month, reading) for month in MONTHS]
    left = dict(zip(MONTHS, year.vat_paid_fen, strict=True))
    taken = [_take(month.month, month.limit_fen, left) for month in judged]
    # What earlier months did not suffice for comes out of later ones, once those are paid.
    for month, out_of in zip(judged, taken, strict=True):
        _take_more(out_of, month.limit_fen, left, range(month.month + 1, 13))
    return VatRefund(
        reading=reading,
        months=tuple(
            replace(month, refund_fen=sum(out_of.values()), from_months=out_of)
            for month, out_of in zip(judged, taken, strict=True)
        ),
        figures=tuple(figures.values()),
    )


NAMES = (
    "limit_multiple",
    "least_share",
    "least_persons",
    "least_persons_massage",
    "contract_months",
    "eligible_revenue_share",
    "barred_credit",
)

Present = dict[str, tuple[DisabledPerson, PersonMonth]]


def _judge(
    year: EmployerYear,
    policy: Policy,
    figures: dict[str, Resolved],
    month: int,
    reading: Reading,
) -> MonthOfVat:
    """Return a month with its conditions and limit, nothing refunded yet."""
    county = policy.value("minimum_wage.monthly", year.place, year.first_of(month))
    here = {p.id: (p, m) for p in year.people for m in p.months if m.month == month}
    left_out = {
        who: why for who, (person, _) in here.items() if (why := bars(person, month, year, policy))
    }
    at_work = {who: pair for who, pair in here.items() if who not in left_out}
    poor = [
        who
        for who, (_, worked) in at_work.items()
        if worked.tested_fen < minimum_of(worked, year, policy, reading)
    ]
    conditions = tuple(_conditions(year, figures, month, at_work, poor))
    is_met = all(condition.is_met for condition in conditions)
    each = rounded(county.fen * Fraction(figures["limit_multiple"].value))
    limit = each * len(at_work) if is_met else 0
    return MonthOfVat(month, conditions, tuple(at_work), limit, 0, {}, left_out)


def _conditions(
    year: EmployerYear,
    figures: dict[str, Resolved],
    month: int,
    present: Present,
    poor: list[str],
) -> Iterator[Condition]:
    staff, share = year.staff[month - 1], figures["least_share"].value
    persons = figures["least_persons_massage" if year.is_massage else "least_persons"].value
    contract = figures["contract_months"].value
    revenue, barred = figures["eligible_revenue_share"].value, figures["barred_credit"].value
    yield Condition(
        Name(
            zh=f"残疾人占职工不低于 {plain(share * 100)} %",
            en=f"at least {plain(share * 100)} % of the staff",
        ),
        bool(staff) and Decimal(len(present)) / staff >= share,
    )
    yield Condition(
        Name(zh=f"残疾人不少于 {persons} 人", en=f"at least {persons} disabled people"),
        len(present) >= persons,
    )
    yield _for_each(
        Name(zh=f"每人签订 {contract} 个月以上合同或协议", en=f"contracts of {contract} months"),
        [who for who, (person, _) in present.items() if person.contract_months < contract],
    )
    yield _for_each(
        Name(zh="每人每月足额缴纳五险", en="five insurances for each, every month"),
        [who for who, (_, worked) in present.items() if worked.insured < frozenset(Insurance)],
    )
    yield _for_each(
        Name(zh="每人工资不低于所在县最低工资", en="the county's minimum wage for each"),
        poor,
    )
    yield _for_each(
        Name(zh="每人每月通过银行支付工资", en="wages through a bank for each, every month"),
        [who for who, (_, worked) in present.items() if not worked.through_bank],
    )
    yield Condition(
        Name(
            zh=f"自产货物和规定服务的收入不低于 {plain(revenue * 100)} %",
            en=f"at least {plain(revenue * 100)} % of the revenue is eligible",
        ),
        year.eligible_revenue_share >= revenue,
    )
    yield Condition(
        Name(
            zh=f"纳税信用等级不是 {'、'.join(barred)}",
            en=f"the tax credit grade is none of {', '.join(barred)}",
        ),
        bool(year.credit_grade) and year.credit_grade not in barred,
    )


def _for_each(name: Name, failing: list[str]) -> Condition:
    return Condition(name, not failing, tuple(failing))


def _take(month: int, limit: int, left: dict[int, int]) -> dict[int, int]:
    """Take a month's refund out of its own VAT, then out of earlier months', the newest first."""
    taken: dict[int, int] = {}
    _take_more(taken, limit, left, range(month, 0, -1))
    return taken


def _take_more(taken: dict[int, int], limit: int, left: dict[int, int], months: range) -> None:
    wanted = limit - sum(taken.values())
    for month in months:
        part = min(wanted, left[month])
        if part:
            taken[month] = taken.get(month, 0) + part
            left[month] -= part
            wanted -= part
