"""The extra deduction of wages of disabled people from enterprise income tax."""

from dataclasses import dataclass
from fractions import Fraction

from payroll.employer.counting import bars, below_minimum
from payroll.employer.records import DisabledPerson, EmployerYear, PersonMonth
from payroll.money import rounded
from payroll.policy import Name, Policy, Resolved
from payroll.worker import Insurance


@dataclass(frozen=True)
class ExtraDeduction:
    """Wages that are deducted once more, in fen, and who is left out and why.

    ``partly`` names who counts, but not with every month.
    """

    wages_fen: int
    deduction_fen: int
    left_out: dict[str, tuple[Name, ...]]
    partly: dict[str, tuple[Name, ...]]
    figures: tuple[Resolved, ...]


def extra_deduction(year: EmployerYear, policy: Policy) -> ExtraDeduction:
    """Return the extra deduction of a year, person by person.

    A person counts with all wages or not at all: contract of a year, really at work, the named
    insurances, at least the minimum wage through a bank in every month worked; and the employer
    has the basic facilities. Months in which somebody is no disabled member of the staff
    (certificate ended, age) are left out by themselves.

    References
    ----------
    财税〔2009〕70号；企业所得税法实施条例第九十六条
    """
    extra, contract, insurances = (
        policy.value(f"company.income_tax.{name}", year.place, year.first_of(1))
        for name in ("extra_deduction", "contract_months", "insurances")
    )
    needed = frozenset(Insurance(name) for name in insurances.value)
    barred = {
        p.id: {month.month: bars(p, month.month, year, policy) for month in p.months}
        for p in year.people
    }
    counted = {
        p.id: tuple(month for month in p.months if not barred[p.id][month.month])
        for p in year.people
    }
    why = {who: tuple(n for names in by.values() for n in names) for who, by in barred.items()}
    failing = {
        p.id: _failing(p, counted[p.id], year, policy, contract.value, needed)
        + (why[p.id] if p.months and not counted[p.id] else ())
        for p in year.people
    }
    wages = sum(
        month.wage_fen
        for person in year.people
        if not failing[person.id]
        for month in counted[person.id]
    )
    return ExtraDeduction(
        wages_fen=wages,
        deduction_fen=rounded(wages * Fraction(extra.value)),
        left_out={who: reasons for who, reasons in failing.items() if reasons},
        partly={who: names for who, names in why.items() if names and not failing[who]},
        figures=(extra, contract, insurances),
    )


def _failing(
    person: DisabledPerson,
    months: tuple[PersonMonth, ...],
    year: EmployerYear,
    policy: Policy,
    contract_months: int,
    needed: frozenset[Insurance],
) -> tuple[Name, ...]:
    conditions = (
        (year.has_facilities, "单位没有必要的工作设施", "the employer lacks the basic facilities"),
        (person.at_work, "没有实际上岗", "not really at work"),
        (
            person.contract_months >= contract_months,
            f"合同不足 {contract_months} 个月",
            f"contract below {contract_months} months",
        ),
        (
            all(needed <= item.insured for item in months),
            "有的月份没有缴齐规定的保险",
            "insurances incomplete in some month",
        ),
        (
            not any(below_minimum(item, year, policy) for item in months),
            "有的月份工资低于最低工资",
            "below the minimum wage in some month",
        ),
        (
            all(item.through_bank for item in months),
            "有的月份没有通过银行支付",
            "not through a bank in some month",
        ),
    )
    return tuple(Name(zh=zh, en=en) for is_met, zh, en in conditions if not is_met)
