"""The levy for disabled employment: quota, who counts, reductions, the shortest path to nil."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from payroll.employer.counting import bars, below_minimum, where
from payroll.employer.records import DisabledPerson, EmployerYear, PersonMonth
from payroll.lines.line import plain
from payroll.money import rounded
from payroll.policy import Name, Policy, Resolved
from payroll.worker import Insurance

MONTHS = 12


@dataclass(frozen=True)
class Counted:
    """How far one person counts: months that do, persons for each, and why others do not."""

    person: DisabledPerson
    months: int
    counts_as: Decimal
    reasons: tuple[Name, ...]

    @property
    def persons(self) -> Fraction:
        """Return the persons of the year's average, exactly."""
        return Fraction(self.counts_as) * self.months / MONTHS


@dataclass(frozen=True)
class Levy:
    """The levy of a year; people in persons of the year's average, money in fen."""

    required: Fraction
    counted: Fraction
    people: tuple[Counted, ...]
    average_wage_fen: int
    wage_fen: int
    factor: Decimal
    full_fen: int
    amount_fen: int
    explanation: Name
    figures: tuple[Resolved, ...]

    @property
    def missing(self) -> Fraction:
        """Return how many persons are missing to the quota."""
        return max(self.required - self.counted, Fraction(0))


def levy(year: EmployerYear, policy: Policy) -> Levy:
    """Return the levy that a year of an employer owes.

    (staff × quota − persons counted) × average wage, the wage at most a multiple of the local
    average; reduced by how near the unit comes to the quota; nothing from small enterprises.

    Raises
    ------
    UnknownFigure
        If a figure is unknown; the local average wage only where the levy depends on it.

    References
    ----------
    鲁财税〔2026〕8号；财政部公告2023年第8号；财税〔2018〕39号；残疾人就业条例
    """
    first = year.first_of(1)
    quota, severe, contract = (
        policy.value(f"levy.{name}", year.place, first)
        for name in ("quota", "severe_counts_as", "contract_months")
    )
    people = tuple(_counted(person, year, policy, severe, contract) for person in year.people)
    counted = sum((item.persons for item in people), Fraction(0))
    required = year.average_staff * Fraction(quota.value)
    average = rounded(year.wages_fen / year.average_staff) if year.average_staff else 0
    missing = max(required - counted, Fraction(0))
    figures = [quota, severe, contract]
    wage = average
    if missing:
        wage, capping = _capped(average, year, policy)
        figures += capping
    factor, explanation, reducing = _factor(year, counted, required, policy)
    full = rounded(missing * wage)
    return Levy(
        required=required,
        counted=counted,
        people=people,
        average_wage_fen=average,
        wage_fen=wage,
        factor=factor,
        full_fen=full,
        amount_fen=rounded(full * Fraction(factor)),
        explanation=explanation,
        figures=(*figures, *reducing),
    )


def persons_to_zero(owed: Levy, year: EmployerYear, policy: Policy, month: int) -> tuple[int, int]:
    """Return how many more people from a month on would bring the year's levy to nil.

    Each of them is one more of the staff, too, and raises what the quota asks.

    Returns
    -------
    tuple
        Severely disabled people, or else others; each from the month to December.
    """
    quota, severe = (
        Fraction(policy.value(f"levy.{name}", year.place, year.first_of(1)).value)
        for name in ("quota", "severe_counts_as")
    )
    left = Fraction(MONTHS - month + 1, MONTHS)
    of_severe, of_others = (ceil(owed.missing / (left * (c - quota))) for c in (severe, 1))
    return of_severe, of_others


def _counted(
    person: DisabledPerson, year: EmployerYear, policy: Policy, severe: Resolved, contract: Resolved
) -> Counted:
    reasons: list[Name] = []
    if not person.counted_here:
        reasons.append(
            Name(zh="派遣，按协议计入对方", en="dispatched, counted by the other side by agreement")
        )
    if person.contract_months < contract.value:
        reasons.append(
            Name(
                zh=f"合同 {person.contract_months} 个月，不足 {contract.value} 个月",
                en=f"contract of {person.contract_months} months, below {contract.value}",
            )
        )
    months = 0
    for month in person.months:
        lacking = [*bars(person, month.month, year, policy), *_lacking(month, year, policy)]
        reasons += lacking
        months += not lacking
    is_barred = not person.counted_here or person.contract_months < contract.value
    counts_as = severe.value if person.severe else Decimal(1)
    return Counted(person, 0 if is_barred else months, counts_as, tuple(reasons))


def _lacking(month: PersonMonth, year: EmployerYear, policy: Policy) -> list[Name]:
    """Return what a month lacks to count: the minimum wage, one of the insurances."""
    found = []
    if below_minimum(month, year, policy):
        found.append(
            Name(
                zh=f"{month.month}月工资低于最低工资（{where(month, year)}）",
                en=f"month {month.month}: below the minimum",
            )
        )
    if month.insured < frozenset(Insurance):
        found.append(
            Name(zh=f"{month.month}月五险不全", en=f"month {month.month}: insurance incomplete")
        )
    return found


def _capped(average: int, year: EmployerYear, policy: Policy) -> tuple[int, list[Resolved]]:
    multiple = policy.value("levy.wage_cap_multiple", year.place, year.first_of(1))
    local = policy.value("levy.local_average_wage", year.place, year.first_of(1))
    return min(average, rounded(local.fen * Fraction(multiple.value))), [multiple, local]


def _factor(
    year: EmployerYear, counted: Fraction, required: Fraction, policy: Policy
) -> tuple[Decimal, Name, list[Resolved]]:
    first = year.first_of(1)
    if counted >= required:
        return Decimal(0), Name(zh="达到法定比例，不缴", en="the quota is reached"), []
    exempt, near, nearer, farther = (
        policy.value(f"levy.{name}", year.place, first)
        for name in (
            "exempt_staff",
            "near_quota_share",
            "near_quota_factor",
            "far_from_quota_factor",
        )
    )
    if year.is_enterprise and year.average_staff <= exempt.value:
        zh, en = (
            f"企业在职职工不超过 {exempt.value} 人，免征",
            f"at most {exempt.value} staff: exempt",
        )
        return Decimal(0), Name(zh=zh, en=en), [exempt]
    is_near = counted / year.average_staff >= Fraction(near.value)
    factor = nearer if is_near else farther
    bound, due = plain(near.value * 100), plain(factor.value * 100)
    return (
        factor.value,
        Name(
            zh=f"安排比例{'达到' if is_near else '不到'} {bound} %，按应缴额的 {due} % 缴",
            en=f"{'at least' if is_near else 'below'} {bound} %: {due} % of it is due",
        ),
        [exempt, near, factor],
    )
