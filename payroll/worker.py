"""One person's month as the rules need it: what was agreed, attended, made and insured."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from payroll.money import LARGEST_FEN
from payroll.policy.parameter import PlaceCode

Fen = Annotated[int, Field(ge=0, le=LARGEST_FEN, strict=True)]
"""An amount in fen; a fraction of a fen or a float is refused."""

Days = Annotated[Decimal, Field(ge=0, le=31, decimal_places=2)]
Hours = Annotated[Decimal, Field(ge=0, le=744, decimal_places=2)]
Rate = Annotated[Decimal, Field(ge=0, le=1, decimal_places=6)]


class Kind(StrEnum):
    """In what relation a person works."""

    LABOUR_CONTRACT = "labour_contract"
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


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Piece(_Record):
    """Accepted pieces of one item; a rate may hold parts of a fen, the line's pay may not."""

    item: str = Field(min_length=1)
    quantity: Annotated[Decimal, Field(ge=0, le=10**7, decimal_places=2)]
    rate_fen: Annotated[Decimal, Field(ge=0, le=10**8, decimal_places=2)]


class Allowance(_Record):
    """Pay beside the wage."""

    name: str = Field(min_length=1)
    amount_fen: Fen
    kind: AllowanceKind = AllowanceKind.GENERAL


class Deduction(_Record):
    """Something withheld from the wage beside insurance and tax, with its reason."""

    name: str = Field(min_length=1)
    amount_fen: Fen


class Overtime(_Record):
    """Hours beyond normal time, by the kind of day they fell on."""

    workday_hours: Hours = Decimal(0)
    rest_day_hours: Hours = Decimal(0)
    holiday_hours: Hours = Decimal(0)


class TaxYear(_Record):
    """What the income-tax formula needs from the year so far, with this employer.

    ``months_employed``, ``special_additional_fen`` and ``relief_fen`` include this month; the
    other amounts end with the month before. ``relief_fen`` is the cumulative relief the tax
    office grants this person; None means that nobody has determined it.
    """

    months_employed: Annotated[int, Field(ge=1, le=12)]
    income_fen: Fen = 0
    insurance_fen: Fen = 0
    withheld_fen: Fen = 0
    special_additional_fen: Fen = 0
    other_deductions_fen: Fen = 0
    relief_fen: Fen | None = None
    whole_year_deduction: bool = False


class WorkerMonth(_Record):
    """One person at one employer in one month.

    Days are those of the person's own schedule, statutory holidays included:
    ``scheduled_days`` of the whole month, ``paid_days`` worked or on paid leave, and
    ``unpaid_days`` missed for the person's own reasons. A joiner's days before joining are in
    neither of the last two.

    ``declared_base_fen`` is last year's average monthly wage, or the agreed wage of a newcomer,
    before floor and cap. ``insured`` names the insurances paid for in this month.
    ``injury_rate`` and its document come from the employer's own notice.
    """

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    kind: Kind
    employer: str = Field(min_length=1)
    work_place: PlaceCode
    insured_place: PlaceCode | None = None
    joined: date
    left: date | None = None
    day_count: DayCount = DayCount.SCHEDULED
    agreed_wage_fen: Fen | None = None
    scheduled_days: Days = Decimal(0)
    paid_days: Days = Decimal(0)
    unpaid_days: Days = Decimal(0)
    pieces: tuple[Piece, ...] = ()
    overtime: Overtime = Overtime()
    allowances: tuple[Allowance, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    insured: frozenset[Insurance] = frozenset()
    declared_base_fen: Fen | None = None
    injury_rate: Rate | None = None
    injury_rate_document: str = ""
    accident_insurance_fen: Fen = 0
    tax_year: TaxYear | None = None
    disabled: bool = False

    @property
    def contract(self) -> bool:
        """Return whether labour law applies: a labour contract, not a service agreement."""
        return self.kind is Kind.LABOUR_CONTRACT
