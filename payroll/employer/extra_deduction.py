"""The extra deduction of wages of disabled people from enterprise income tax."""

from dataclasses import dataclass
from fractions import Fraction

from payroll.employer.records import DisabledPerson, EmployerYear
from payroll.money import rounded
from payroll.policy import Name, Policy, Resolved
from payroll.worker import Insurance


@dataclass(frozen=True)
class ExtraDeduction:
    """Wages that are deducted once more, in fen, and who is left out and why."""

    wages_fen: int
    deduction_fen: int
    left_out: dict[str, tuple[Name, ...]]
    figures: tuple[Resolved, ...]


def extra_deduction(year: EmployerYear, policy: Policy) -> ExtraDeduction:
    """Return the extra deduction of a year, person by person.

    A person counts with the whole year's wages or not at all: contract of a year, really at
    work, the named insurances, at least the county's minimum wage through a bank in every month
    worked; and the employer has the basic facilities.

    References
    ----------
    财税〔2009〕70号；企业所得税法实施条例第九十六条
    """
    extra, contract, insurances = (
        policy.value(f"company.income_tax.{name}", year.place, year.first_of(1))
        for name in ("extra_deduction", "contract_months", "insurances")
    )
    needed = frozenset(Insurance(name) for name in insurances.value)
    failing = {p.id: _failing(p, year, policy, contract.value, needed) for p in year.people}
    wages = sum(
        month.wage_fen
        for person in year.people
        if not failing[person.id]
        for month in person.months
    )
    return ExtraDeduction(
        wages_fen=wages,
        deduction_fen=rounded(wages * Fraction(extra.value)),
        left_out={who: reasons for who, reasons in failing.items() if reasons},
        figures=(extra, contract, insurances),
    )


def _failing(
    person: DisabledPerson,
    year: EmployerYear,
    policy: Policy,
    contract_months: int,
    needed: frozenset[Insurance],
) -> tuple[Name, ...]:
    minimum = {
        item.month: policy.value("minimum_wage.monthly", year.place, year.first_of(item.month)).fen
        for item in person.months
    }
    conditions = (
        (year.has_facilities, "单位没有必要的工作设施", "the employer lacks the basic facilities"),
        (person.at_work, "没有实际上岗", "not really at work"),
        (
            person.contract_months >= contract_months,
            f"合同不足 {contract_months} 个月",
            f"contract below {contract_months} months",
        ),
        (
            all(needed <= item.insured for item in person.months),
            "有的月份没有缴齐规定的保险",
            "insurances incomplete in some month",
        ),
        (
            all(item.wage_fen >= minimum[item.month] for item in person.months),
            "有的月份工资低于最低工资",
            "below the minimum wage in some month",
        ),
        (
            all(item.through_bank for item in person.months),
            "有的月份没有通过银行支付",
            "not through a bank in some month",
        ),
    )
    return tuple(Name(zh=zh, en=en) for is_met, zh, en in conditions if not is_met)
