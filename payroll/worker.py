"""One person's month as the rules need it: what was agreed, attended, made and insured."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from payroll.money import LARGEST_FEN
from payroll.policy.parameter import PlaceCode
from payroll.policy.units import TaxCategory

Fen = Annotated[int, Field(ge=0, le=LARGEST_FEN, strict=True)]
"""An amount in fen; a fraction of a fen or a float is refused."""

Days = Annotated[Decimal, Field(ge=0, le=31, decimal_places=2)]
Hours = Annotated[Decimal, Field(ge=0, le=744, decimal_places=2)]
Rate = Annotated[Decimal, Field(ge=0, le=1, decimal_places=6)]


class Kind(StrEnum):
    """In what relation a person works."""

    LABOUR_CONTRACT = "labour_contract"
    PART_TIME = "part_time"
    ASSISTED_AGREEMENT = "assisted_agreement"


class DayCount(StrEnum):
    """How an employer turns days into pay; its own setting."""

    SCHEDULED = "scheduled"
    PAID_DAYS = "21.75"


class Insurance(StrEnum):
    """The five insurances; medical is collected together with maternity."""

    PENSION = "pension"
    MEDICAL = "medical"
    UNEMPLOYMENT = "unemployment"
    INJURY = "injury"
    MATERNITY = "maternity"

    @property
    def zh(self) -> str:
        """Return the insurance in Chinese."""
        return _INSURANCE_ZH[self]


_INSURANCE_ZH = {
    Insurance.PENSION: "养老",
    Insurance.MEDICAL: "医疗",
    Insurance.UNEMPLOYMENT: "失业",
    Insurance.INJURY: "工伤",
    Insurance.MATERNITY: "生育",
}


class LeaveKind(StrEnum):
    """Why a scheduled day was not worked."""

    ANNUAL = "annual"
    MARRIAGE = "marriage"
    BEREAVEMENT = "bereavement"
    INJURY = "injury"
    IN_LIEU = "in_lieu"
    SICK = "sick"
    MATERNITY = "maternity"
    UNPAID = "unpaid"

    @property
    def zh(self) -> str:
        """Return the kind in Chinese, as printed on payslips."""
        return _LEAVE_ZH[self]


_LEAVE_ZH = {
    LeaveKind.ANNUAL: "年休假",
    LeaveKind.MARRIAGE: "婚假",
    LeaveKind.BEREAVEMENT: "丧假",
    LeaveKind.INJURY: "工伤停工",
    LeaveKind.IN_LIEU: "补休",
    LeaveKind.SICK: "病假",
    LeaveKind.MATERNITY: "产假",
    LeaveKind.UNPAID: "事假",
}

PAID_IN_FULL = frozenset(
    {
        LeaveKind.ANNUAL,
        LeaveKind.MARRIAGE,
        LeaveKind.BEREAVEMENT,
        LeaveKind.INJURY,
        LeaveKind.IN_LIEU,
    }
)
"""Leave on full pay (职工带薪年休假条例 art. 2；工资支付暂行规定 art. 11；工伤保险条例 art. 33)."""


AT_A_SHARE = frozenset({LeaveKind.SICK, LeaveKind.MATERNITY})
"""Leave with pay of its own, neither among the paid days nor among the unpaid ones."""


class AllowanceKind(StrEnum):
    """What an allowance is for, which decides whether a place counts it for the minimum wage."""

    GENERAL = "general"
    SHIFT = "shift"
    TEMPERATURE = "temperature"
    HAZARD = "hazard"
    WELFARE = "welfare"
    MEAL = "meal"
    COMMUTING = "commuting"
    HOUSING = "housing"
    BONUS = "bonus"
    ANNUAL_BONUS = "annual_bonus"
    ANNUAL_BONUS_APART = "annual_bonus_apart"


ANNUAL = (AllowanceKind.ANNUAL_BONUS, AllowanceKind.ANNUAL_BONUS_APART)
"""The bonus of a whole year, taxed with the month's wages or, if the worker chooses so, apart."""

BONUSES = (AllowanceKind.BONUS, *ANNUAL)
"""Kinds that stand on the payslip as bonus and not as allowance."""


class MadeIn(StrEnum):
    """In which hours pieces were made; overtime pays the piece rate at its multiple."""

    NORMAL = "normal"
    WORKDAY = "workday"
    REST_DAY = "rest_day"
    HOLIDAY = "holiday"


OVERTIME_ZH = {
    MadeIn.WORKDAY: "工作日加班",
    MadeIn.REST_DAY: "休息日加班",
    MadeIn.HOLIDAY: "法定休假日加班",
}
"""Each kind of overtime in Chinese, as printed on payslips."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Share(_Record):
    """A member's part of what a team made: from ``before`` to ``before + own`` out of ``of``.

    Weights are whole numbers of anything (hours, points). Members' parts are cut off one after
    the other from the whole, so that together they are the whole to the fen.
    """

    before: Annotated[int, Field(ge=0, le=10**9)]
    own: Annotated[int, Field(ge=0, le=10**9)]
    of: Annotated[int, Field(ge=1, le=10**9)]

    @model_validator(mode="after")
    def _within(self) -> "Share":
        if self.before + self.own > self.of:
            raise ValueError(
                f"份额 {self.before} + {self.own} 超过总数 {self.of} / more than the whole"
            )
        return self


def team_shares(weights: Sequence[int]) -> tuple[Share, ...]:
    """Return each member's share of a team's pieces, members in a fixed order.

    Raises
    ------
    ValueError
        If nobody has any weight, or one is negative.
    """
    ends = list(accumulate(weights, initial=0))
    return tuple(
        Share(before=before, own=own, of=ends[-1])
        for before, own in zip(ends, weights, strict=False)
    )


class Piece(_Record):
    """Accepted pieces of one item; a rate may hold parts of a fen, the line's pay may not.

    ``quality_deduction_fen`` is taken off for faults, at most the pay of the item. With a
    ``share`` the quantity is the whole team's and so is the deduction.
    """

    item: str = Field(min_length=1)
    quantity: Annotated[Decimal, Field(ge=0, le=10**7, decimal_places=2)]
    rate_fen: Annotated[Decimal, Field(ge=0, le=10**8, decimal_places=2)]
    quality_deduction_fen: Fen = 0
    share: Share = Share(before=0, own=1, of=1)
    made_in: MadeIn = MadeIn.NORMAL


class Allowance(_Record):
    """Pay beside the wage; ``taxable`` is false for what the tax law exempts."""

    name: str = Field(min_length=1)
    amount_fen: Fen
    kind: AllowanceKind = AllowanceKind.GENERAL
    taxable: bool = True


class Arrear(_Record):
    """A difference of an earlier month, settled now: owed if positive, recovered if negative.

    ``line`` is the code of the payslip line it belongs to, which says whether it is pay or a
    share of an insurance; ``month`` is the first day of its month.
    """

    month: date
    line: str = Field(min_length=1)
    amount_fen: Annotated[int, Field(ge=-LARGEST_FEN, le=LARGEST_FEN, strict=True)]


class Deduction(_Record):
    """Something withheld from the wage beside insurance and tax, with its reason."""

    name: str = Field(min_length=1)
    amount_fen: Fen


class Overtime(_Record):
    """Hours beyond normal time, by the kind of day they fell on.

    ``lieu_hours`` are those of the rest-day hours made up by time off: they earn nothing more.
    """

    workday_hours: Hours = Decimal(0)
    rest_day_hours: Hours = Decimal(0)
    holiday_hours: Hours = Decimal(0)
    lieu_hours: Hours = Decimal(0)


class Leave(_Record):
    """Days of leave of one kind."""

    kind: LeaveKind
    days: Days


class TaxYear(_Record):
    """What the income-tax formula needs from the year so far, with this employer.

    ``months_employed``, ``special_additional_fen`` and ``relief_fen`` include this month; the
    other amounts end with the month before. ``relief_fen`` is the cumulative relief the tax
    office grants this person; None means that nobody has determined it. Where a later month of
    the year was paid before this one, ``paid_through`` names it, and the months and amounts
    include it. ``first_job`` says that it is the person's first wage of the calendar year, for
    which the standard deduction counts from January; None means that nobody was asked.
    ``bonus_apart_fen`` are annual bonuses taxed apart this year: no part of the income.
    """

    months_employed: Annotated[int, Field(ge=1, le=12)]
    income_fen: Fen = 0
    exempt_fen: Fen = 0
    insurance_fen: Fen = 0
    withheld_fen: Fen = 0
    special_additional_fen: Fen = 0
    other_deductions_fen: Fen = 0
    relief_fen: Fen | None = None
    whole_year_deduction: bool = False
    first_job: bool | None = None
    bonus_apart_fen: Fen = 0
    paid_through: Annotated[int, Field(ge=1, le=12)] | None = None


class PartTime(_Record):
    """What tells part-time work from other work: its hours a day and a week, and its pay cycle."""

    average_day_hours: Annotated[Decimal, Field(ge=0, le=24, decimal_places=2)]
    longest_week_hours: Annotated[Decimal, Field(ge=0, le=168, decimal_places=2)]
    pay_cycle_days: Annotated[int, Field(ge=1, le=31)]


_SUMMED = ("hours", "paid_days", "unpaid_days", "leave")
"""What the parts of a month under the same terms add up to."""


class Spell(_Record):
    """Part of a month under one agreed wage at one place.

    Days are those of the person's own schedule, statutory holidays included: ``paid_days`` worked
    or on leave paid in full, ``unpaid_days`` missed for the person's own reasons. ``leave`` says
    of what kind it was: days paid in full are among the paid ones, unpaid leave among the unpaid
    ones, sick and maternity leave in neither. ``hours`` are normal hours paid by the hour.
    """

    work_place: PlaceCode
    agreed_wage_fen: Fen | None = None
    hourly_wage_fen: Fen | None = None
    hours: Hours = Decimal(0)
    paid_days: Days = Decimal(0)
    unpaid_days: Days = Decimal(0)
    leave: tuple[Leave, ...] = ()
    overtime: Overtime = Overtime()

    @property
    def terms(self) -> tuple[str, int | None, int | None]:
        """Return where and for what wage the work of the spell is done."""
        return self.work_place, self.agreed_wage_fen, self.hourly_wage_fen

    def with_days_of(self, other: "Spell") -> Self:
        """Return the spell with the days, hours and leave of another under the same terms."""
        both = {name: getattr(self, name) + getattr(other, name) for name in _SUMMED}
        extra = {
            name: getattr(self.overtime, name) + getattr(other.overtime, name)
            for name in Overtime.model_fields
        }
        return self.model_copy(update=both | {"overtime": Overtime.model_construct(**extra)})

    @property
    def employed_days(self) -> Decimal:
        """Return the scheduled days of which it is known how they were spent."""
        return self.paid_days + self.unpaid_days + self.leave_days(*AT_A_SHARE)

    def leave_days(self, *kinds: LeaveKind) -> Decimal:
        """Return the days of leave of some kinds."""
        return sum((leave.days for leave in self.leave if leave.kind in kinds), Decimal(0))


class WorkerMonth(Spell):
    """One person at one employer in one month.

    The record itself states the terms at the end of the month; under which others the month began
    stands in ``earlier``, in order of time. ``scheduled_days`` are those of the whole month; a
    joiner's days before joining are accounted for nowhere. Where work ended and began again within
    the month, ``between_days`` are the scheduled days on which there was none.

    ``declared_base_fen`` is last year's average monthly wage, or the agreed wage of a newcomer,
    before floor and cap; ``declared_bases`` names insurances with a base of their own. ``insured``
    names the insurances paid for in this month. The work-injury rate comes from the employer's
    own notice: the rate itself, or the class of risk and the floating step. ``sick_pay_share`` is
    the employer's own rule; without it the place's is asked for. ``advance_recovered_fen`` is kept
    of the wage for own shares that the employer paid in months whose pay did not reach.
    ``agreement_tax`` is how the payer of an agreement without labour relation declares its pay;
    without it the place's rule holds, and without that nothing is withheld and the payslip asks.
    The housing fund is reckoned from ``housing_fund_base_fen`` and both rates; an amount entered
    for one side (``housing_fund_employee_fen``) stands before what they come to.
    """

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    kind: Kind
    employer: str = Field(min_length=1)
    insured_place: PlaceCode | None = None
    joined: date
    left: date | None = None
    day_count: DayCount = DayCount.SCHEDULED
    scheduled_days: Days = Decimal(0)
    between_days: Days = Decimal(0)
    earlier: tuple[Spell, ...] = ()
    part_time: PartTime | None = None
    pieces: tuple[Piece, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    advance_recovered_fen: Fen = 0
    arrears: tuple[Arrear, ...] = ()
    sick_pay_share: Rate | None = None
    insured: frozenset[Insurance] = frozenset()
    declared_base_fen: Fen | None = None
    declared_bases: dict[Insurance, Fen] = {}
    injury_rate: Rate | None = None
    injury_class: Annotated[int, Field(ge=1, le=8)] | None = None
    injury_float: Annotated[Decimal, Field(gt=0, le=2, decimal_places=2)] = Decimal(1)
    injury_rate_document: str = ""
    accident_insurance_fen: Fen = 0
    housing_fund_employee_fen: Fen = 0
    housing_fund_employer_fen: Fen = 0
    housing_fund_base_fen: Fen | None = None
    housing_fund_employee_rate: Rate | None = None
    housing_fund_employer_rate: Rate | None = None
    tax_year: TaxYear | None = None
    agreement_tax: TaxCategory | None = None
    disabled: bool = False

    @property
    def contract(self) -> bool:
        """Return whether it is full-time work under a labour contract."""
        return self.kind is Kind.LABOUR_CONTRACT

    @property
    def spells(self) -> tuple[Spell, ...]:
        """Return the parts of the month in order of time, the present terms last.

        Parts that follow each other at one wage and place are one part: cutting a month in two
        must not cost a rounding.
        """
        parts: list[Spell] = []
        for spell in (*self.earlier, self):
            if parts and parts[-1].terms == spell.terms:
                spell = spell.with_days_of(parts.pop())
            parts.append(spell)
        return tuple(parts)
