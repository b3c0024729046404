"""Levy, VAT refund and extra deduction, worked by hand; every condition met and failed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from payroll import Insurance, Policy, UnknownFigure
from payroll.employer import (
    DisabledPerson,
    EmployerYear,
    PersonMonth,
    extra_deduction,
    levy,
    persons_to_zero,
    statement,
    vat_refund,
    what_if,
)
from payroll.policy import LocalFigure, supply

ZOUPING = "371681"
WHOLE_YEAR = tuple(range(1, 13))


@pytest.fixture(scope="module")
def local(policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """The rule base with an example of a local average wage of 50 000 yuan."""
    return _with_average(policy, tmp_path_factory.mktemp("policy") / "own.yaml", "50000")


def _with_average(policy: Policy, path: Path, yuan: str) -> Policy:
    figure = LocalFigure.model_validate(
        {
            "parameter": "levy.local_average_wage",
            "place": "371600",
            "first": date(2026, 1, 1),
            "value": yuan,
            "document": "示例，非官方",
            "date": date(2026, 6, 1),
        }
    )
    supply(path, policy.parameters, figure)
    return Policy.load(local=[path])


def _person(
    name: str = "P1",
    months: tuple[int, ...] = WHOLE_YEAR,
    wage: int = 221_000,
    through_bank: bool = True,
    insured: frozenset[Insurance] = frozenset(Insurance),
    **changes: Any,
) -> DisabledPerson:
    worked = tuple(
        PersonMonth(month=m, wage_fen=wage, through_bank=through_bank, insured=insured)
        for m in months
    )
    given = {"id": name, "name": name, "severe": False, "contract_months": 12, "months": worked}
    return DisabledPerson.model_validate(given | changes)


def _year(*people: DisabledPerson, staff: int = 100, **changes: Any) -> EmployerYear:
    """A company whose people earn 5000 yuan a month on average."""
    given = {
        "name": "示例纸品有限公司",
        "place": ZOUPING,
        "year": 2026,
        "staff": (staff,) * 12,
        "wages_fen": staff * 12 * 500_000,
        "people": people,
    }
    return EmployerYear.model_validate(given | changes)


@pytest.mark.parametrize(
    ("people", "fen"),
    [
        ((), 8_100_000),  # 1.5 × 60000 × 90 %
        ((_person(severe=True),), 0),  # counts as two, 1.5 asked
        ((_person(),), 1_500_000),  # 0.5 × 60000, at 1 %: 50 %
        ((_person(severe=True, months=(7, 8, 9, 10, 11, 12)),), 1_500_000),  # 6/12 × 2 = 1
        ((_person(months=WHOLE_YEAR[:11]),), 3_150_000),  # (1.5 − 11/12) × 60000 × 90 %
        ((_person(severe=True, months=WHOLE_YEAR[:9]),), 0),  # 9/12 × 2 = 1.5
        ((_person(contract_months=11, severe=True),), 8_100_000),
        ((_person(counted_here=False, severe=True),), 8_100_000),
        ((_person(wage=220_999, severe=True),), 8_100_000),
        ((_person(insured=frozenset(Insurance) - {Insurance.MATERNITY}),), 8_100_000),
    ],
)
def test_levy(local: Policy, people: tuple[DisabledPerson, ...], fen: int) -> None:
    """The levy of a company of 100, by who counts."""
    assert levy(_year(*people), local).amount_fen == fen


@pytest.mark.parametrize(
    ("staff", "is_enterprise", "fen"),
    [
        (30, True, 0),
        (31, True, 2_511_000),  # 0.465 × 60000 × 90 %
        (30, False, 2_430_000),  # 0.45 × 60000 × 90 %
    ],
)
def test_small_enterprises_are_exempt(
    local: Policy, staff: int, is_enterprise: bool, fen: int
) -> None:
    """Up to thirty people, and enterprises only."""
    owed = levy(_year(staff=staff, is_enterprise=is_enterprise), local)
    assert owed.amount_fen == fen
    assert ("免征" in owed.explanation.zh) == (fen == 0)


@pytest.mark.parametrize(("average", "fen"), [("30000", 8_100_000), ("29999", 8_099_730)])
def test_the_wage_is_capped_at_twice_the_local_average(
    policy: Policy, tmp_path: Path, average: str, fen: int
) -> None:
    """60000 is just twice 30000; one yuan less caps it."""
    assert levy(_year(), _with_average(policy, tmp_path / "own.yaml", average)).amount_fen == fen


def test_an_unknown_local_average_is_named_where_it_matters(policy: Policy) -> None:
    """Who reaches the quota needs none; who does not is told which figure is missing."""
    assert levy(_year(_person(severe=True)), policy).amount_fen == 0
    with pytest.raises(UnknownFigure, match=r"levy\.local_average_wage"):
        levy(_year(), policy)


def test_who_does_not_count_is_told_why(local: Policy) -> None:
    """Month by month, in both languages."""
    owed = levy(
        _year(_person(wage=200_000, months=(1, 2)), _person("P2", contract_months=6)), local
    )
    assert [reason.zh for reason in owed.people[0].reasons] == [
        "1月工资低于最低工资（邹平市）",
        "2月工资低于最低工资（邹平市）",
    ]
    assert owed.people[1].reasons[0].en == "contract of 6 months, below 12"


@pytest.mark.parametrize(("month", "severe", "others"), [(1, 1, 2), (7, 2, 4), (12, 10, 19)])
def test_the_shortest_path_to_zero(local: Policy, month: int, severe: int, others: int) -> None:
    """1.5 persons are missing; later means more people, and one fewer is not enough.

    By hand, with everybody one more of the staff: in July 1.5 ÷ (6/12 × (2 − 0.015)) = 1.51, or
    1.5 ÷ (6/12 × (1 − 0.015)) = 3.05; in December 1.5 ÷ (1/12 × 1.985) = 9.07, or 18.3.
    """
    year = _year()
    assert persons_to_zero(levy(year, local), year, local, month) == (severe, others)
    months = tuple(range(month, 13))
    for is_severe, count in ((True, severe), (False, others)):
        enough = [_person(f"S{n}", months=months, severe=is_severe) for n in range(count)]
        assert _with(year, enough, local) == 0
        assert _with(year, enough[1:], local) > 0


def _with(year: EmployerYear, people: list[DisabledPerson], local: Policy) -> int:
    """Return the levy of a year with some people more, one by one as `what_if` adds them."""
    owed = levy(year, local).amount_fen
    for person in people:
        change = what_if(year, person, local)
        year, owed = change.then_year, change.then.levy.amount_fen
    return owed


def test_one_more_severe_worker_from_july(local: Policy) -> None:
    """The staff grows too: 1 of 100.5 is below one per cent, and 90 % of the rest is due."""
    change = what_if(_year(), _person(severe=True, months=(7, 8, 9, 10, 11, 12)), local)
    # 6013260 ÷ 100.5 = 59833.43; (1.5075 − 1) × 59833.43 = 30365.47; × 90 % = 27328.92
    assert change.then.levy.amount_fen == 2_732_892
    assert change.levy_change_fen == 2_732_892 - 8_100_000
    assert change.deduction_change_fen == 0  # the employer's facilities are not stated
    assert change.vat_change_fen == 0


def test_the_levy_tells_how_it_came_about(local: Policy) -> None:
    """Every step in fen and persons, and every figure behind it."""
    owed = levy(_year(_person()), local)
    assert (owed.average_wage_fen, owed.wage_fen) == (6_000_000, 6_000_000)
    assert (float(owed.required), float(owed.counted), float(owed.missing)) == (1.5, 1, 0.5)
    assert (owed.full_fen, float(owed.factor), owed.amount_fen) == (3_000_000, 0.5, 1_500_000)
    assert owed.explanation.zh == "安排比例达到 1 %，按应缴额的 50 % 缴"
    (counted,) = owed.people
    assert (counted.person.id, counted.months, counted.counts_as) == ("P1", 12, 1)
    names = {figure.parameter for figure in owed.figures}
    assert {"levy.quota", "levy.local_average_wage", "levy.wage_cap_multiple"} <= names


def test_just_the_quota_is_enough(local: Policy) -> None:
    """1.5 of 100 asked and counted: nothing is due, and the words say why."""
    owed = levy(_year(_person(severe=True, months=WHOLE_YEAR[:9])), local)
    assert (owed.counted, owed.factor) == (owed.required, 0)
    assert owed.explanation.zh == "达到法定比例，不缴"


def test_nobody_on_the_staff_owes_nothing(local: Policy) -> None:
    """And divides by nobody."""
    owed = levy(_year(staff=0), local)
    assert (owed.average_wage_fen, owed.amount_fen) == (0, 0)


def test_one_more_person_is_on_the_staff_in_the_months_worked(local: Policy) -> None:
    """From November: the first ten months stay as they were."""
    then = what_if(_year(), _person(months=(11, 12)), local).then_year
    assert then.staff == (100,) * 10 + (101, 101)
    assert then.wages_fen == 100 * 12 * 500_000 + 2 * 221_000


def _ten(**changes: Any) -> tuple[DisabledPerson, ...]:
    """Ten people who work in the first quarter; the first one differs."""
    months = (1, 2, 3)
    first = _person("P0", **({"months": months} | changes))
    return (first, *(_person(f"P{n}", months=months) for n in range(1, 10)))


VAT: dict[str, Any] = {
    "staff": 40,
    "eligible_revenue_share": "0.5",
    "credit_grade": "B",
    "vat_paid_fen": (0, 10_000_000, 20_000_000, *(0,) * 9),
}


def test_the_refund_comes_from_its_own_month_then_earlier_then_later(policy: Policy) -> None:
    """88 400 yuan a month; January's comes out of what February and March leave."""
    refund = vat_refund(_year(*_ten(), **VAT), policy)
    assert [month.limit_fen for month in refund.months[:4]] == [8_840_000] * 3 + [0]
    assert refund.months[0].from_months == {2: 1_160_000, 3: 7_680_000}
    assert refund.months[1].from_months == {2: 8_840_000}
    assert refund.refund_fen == 3 * 8_840_000


def test_each_month_is_held_against_its_own_staff(policy: Policy) -> None:
    """Ten of 41 is below a quarter in February only; months and people are named."""
    year = _year(*_ten(), **VAT).model_copy(update={"staff": (40, 41, *(40,) * 10)})
    refund = vat_refund(year, policy)
    assert [month.is_entitled for month in refund.months[:4]] == [True, False, True, False]
    assert [month.month for month in refund.months] == list(WHOLE_YEAR)
    assert refund.months[0].people == tuple(f"P{n}" for n in range(10))
    assert refund.months[3].people == ()
    assert {figure.parameter for figure in refund.figures} >= {"company.vat.limit_multiple"}


def test_what_several_months_leave_adds_up(policy: Policy) -> None:
    """March's limit comes out of January and February together."""
    paid = (12_000_000, 10_000_000, *(0,) * 10)
    refund = vat_refund(_year(*_ten(), **(VAT | {"vat_paid_fen": paid})), policy)
    assert sum(month.refund_fen for month in refund.months) == 22_000_000
    assert refund.months[2].from_months == {1: 3_160_000, 2: 1_160_000}


def test_earlier_months_of_the_year_pay_for_later_ones(policy: Policy) -> None:
    """What is left of January serves February; more than was paid is never refunded."""
    paid = (10_000_000, *(0,) * 11)
    refund = vat_refund(_year(*_ten(), **(VAT | {"vat_paid_fen": paid})), policy)
    assert [month.refund_fen for month in refund.months[:3]] == [8_840_000, 1_160_000, 0]


@pytest.mark.parametrize(
    ("change", "person", "words", "who"),
    [
        ({"staff": 41}, {}, "不低于 25 %", ()),
        ({}, {"months": (2, 3)}, "不少于 10 人", ()),
        ({}, {"contract_months": 11}, "12 个月以上", ("P0",)),
        ({}, {"insured": frozenset(Insurance) - {Insurance.INJURY}}, "五险", ("P0",)),
        ({}, {"wage": 220_999}, "最低工资", ("P0",)),
        ({}, {"through_bank": False}, "银行", ("P0",)),
        ({"eligible_revenue_share": "0.49"}, {}, "50 %", ()),
        ({"credit_grade": "C"}, {}, "信用等级", ()),
        ({"credit_grade": ""}, {}, "信用等级", ()),
    ],
)
def test_each_condition_of_the_refund_can_fail(
    policy: Policy, change: dict[str, Any], person: dict[str, Any], words: str, who: tuple[str, ...]
) -> None:
    """The month has no limit then, and the condition names who fails it."""
    january = vat_refund(_year(*_ten(**person), **(VAT | change)), policy).months[0]
    failed = [condition for condition in january.conditions if not condition.is_met]
    assert any(words in c.name.zh and c.failed_by == who for c in failed)
    assert (january.is_entitled, january.limit_fen) == (False, 0)


def test_blind_massage_needs_five(policy: Policy) -> None:
    """Ten elsewhere, five there; a quarter of the staff in either."""
    five = _ten()[:5]
    small = VAT | {"staff": 20}
    assert not vat_refund(_year(*five, **small), policy).months[0].is_entitled
    assert vat_refund(_year(*five, **(small | {"is_massage": True})), policy).months[0].is_entitled


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ({"contract_months": 11}, "合同不足 12 个月"),
        ({"at_work": False}, "没有实际上岗"),
        ({"insured": frozenset(Insurance) - {Insurance.PENSION}}, "保险"),
        ({"wage": 220_999}, "低于最低工资"),
        ({"through_bank": False}, "银行"),
    ],
)
def test_each_condition_of_the_extra_deduction_can_fail(
    policy: Policy, person: dict[str, Any], words: str
) -> None:
    """One person is left out with the reason; the other's wages are deducted once more."""
    year = _year(_person(**person), _person("P2"), has_facilities=True)
    found = extra_deduction(year, policy)
    assert [words in reason.zh for reason in found.left_out["P1"]] == [True]
    assert found.deduction_fen == 12 * 221_000


def test_the_extra_deduction_tells_wages_and_figures(policy: Policy, tmp_path: Path) -> None:
    """All wages of who meets the conditions, at the share of the law; figures are named."""
    found = extra_deduction(_year(_person(), has_facilities=True), policy)
    assert (found.wages_fen, found.deduction_fen) == (12 * 221_000, 12 * 221_000)
    assert {figure.parameter.rpartition(".")[0] for figure in found.figures} == {
        "company.income_tax"
    }
    extra = LocalFigure(
        parameter=found.figures[0].parameter, place="CN", first=date(2026, 1, 1), value="0.5",
        document="示例，非官方", date=date(2026, 1, 1),
    )  # fmt: skip
    supply(tmp_path / "half.yaml", policy.parameters, extra)
    half = extra_deduction(
        _year(_person(), has_facilities=True), Policy.load([tmp_path / "half.yaml"])
    )
    assert half.deduction_fen == 6 * 221_000


def test_the_extra_deduction_asks_four_insurances(policy: Policy) -> None:
    """Maternity is not in the list of the notice; without facilities nobody counts."""
    four = frozenset(Insurance) - {Insurance.MATERNITY}
    person = _person(insured=four)
    assert extra_deduction(_year(person, has_facilities=True), policy).left_out == {}
    assert list(extra_deduction(_year(person), policy).left_out) == ["P1"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"staff": (1,) * 11},
        {"vat_paid_fen": (0,) * 13},
        {"place": "邹平"},
        {"year": 2016},
        {"people": ({"id": "", "name": "x", "severe": True, "contract_months": 12},)},
    ],
)
def test_a_year_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    """Twelve months of staff and of VAT, a division code, a year with figures, people with ids."""
    with pytest.raises(ValidationError):
        _year(**wrong)


def test_a_month_given_twice_is_refused() -> None:
    """Or somebody would count double."""
    with pytest.raises(ValidationError, match="同一个月出现两次"):
        _person(months=(1, 1))


def _joiner(name: str, **changes: Any) -> DisabledPerson:
    """From 16 October on: 12 of 23 workdays of the month at 2210 ÷ 21.75 a day are 1219.31."""
    october = PersonMonth(month=10, wage_fen=121_931, minimum_fen=121_931)
    later = tuple(PersonMonth(month=m, wage_fen=221_000) for m in (11, 12))
    return _person(name, months=()).model_copy(update={"months": (october, *later)} | changes)


MASSAGE: dict[str, Any] = {
    "staff": 32,
    "is_massage": True,
    "eligible_revenue_share": "0.5",
    "credit_grade": "A",
    "vat_paid_fen": (10_000_000,) * 12,
}


def test_both_readings_of_a_joiners_month_are_given(local: Policy) -> None:
    """One of nine joins in October: by days all nine are refunded, strictly nobody in October.

    By days: 9 × 8 × 8840 + 3 × 9 × 8840 = 636480 + 238680 = 875160; strictly October is 0:
    875160 − 9 × 8840 = 795600; at stake are 79560.
    """
    people = (*(_person(f"P{n}") for n in range(8)), _joiner("P8"))
    found = statement(_year(*people, **MASSAGE), local)
    assert found.vat.refund_fen == 87_516_000
    assert found.vat_strict.refund_fen == 79_560_000
    assert found.at_stake_fen == 7_956_000
    strict = found.vat_strict.months[9]
    assert [c.failed_by for c in strict.conditions if not c.is_met] == [("P8",)]


def test_a_joiners_month_counts_by_its_days(local: Policy) -> None:
    """For levy and extra deduction too; a fen less and the month does not count."""
    year = _year(_joiner("P1"), has_facilities=True)
    assert [item.months for item in levy(year, local).people] == [3]
    assert extra_deduction(year, local).deduction_fen == 121_931 + 2 * 221_000
    (october, *rest) = year.people[0].months
    less = october.model_copy(update={"wage_fen": 121_930})
    poorer = _joiner("P1").model_copy(update={"months": (less, *rest)})
    year = _year(poorer, has_facilities=True)
    assert [item.months for item in levy(year, local).people] == [2]
    assert list(extra_deduction(year, local).left_out) == ["P1"]


@pytest.mark.parametrize(("place", "months"), [(None, 0), ("371621", 12)])
def test_wages_are_held_against_the_place_of_the_pay_run(
    local: Policy, place: str | None, months: int
) -> None:
    """2020 a month at a home of the third tier (2020), the employer registered in the second."""
    person = _person(wage=202_000)
    worked = tuple(m.model_copy(update={"place": place}) for m in person.months)
    person = person.model_copy(update={"months": worked})
    year = _year(person, has_facilities=True)
    assert [item.months for item in levy(year, local).people] == [months]
    assert bool(extra_deduction(year, local).left_out) == (months == 0)
    # The taxpayer's county decides the strict reading of the refund, always.
    found = statement(_year(person, **MASSAGE), local)
    poor = [month.conditions[4].failed_by for month in found.vat_strict.months]
    assert poor == [("P1",)] * 12


@pytest.mark.parametrize(
    ("change", "months", "words"),
    [
        ({"certificate_to": date(2026, 6, 30)}, 6, "残疾人证已到期"),
        ({"certificate_to": date(2026, 6, 29)}, 5, "残疾人证已到期"),
        ({"certificate_to": None}, 12, None),
        # Sixteen on 2 July: August is the first month that begins of age.
        ({"born_on": date(2010, 7, 2), "is_man": True}, 5, "最低就业年龄"),
        # Sixty in May 2025 + 2 months is July 2025; of 2026 nothing counts.
        ({"born_on": date(1965, 5, 1), "is_man": True}, 0, "法定退休年龄"),
        # Sixty in January 2026 (12 months: 12 // 4 + 1 = 4) is May 2026.
        ({"born_on": date(1966, 1, 5), "is_man": True}, 5, "法定退休年龄"),
        # A woman between 50 and 55 by the post: a question, not a bar.
        ({"born_on": date(1973, 1, 5), "is_man": False}, 12, None),
        ({"born_on": date(1966, 1, 5), "is_man": False}, 0, "法定退休年龄"),
    ],
)
def test_who_is_no_disabled_staff_does_not_count(
    local: Policy, change: dict[str, Any], months: int, words: str | None
) -> None:
    """Certificates that ended and ages: alike in levy, VAT refund and extra deduction."""
    person = _person(**change)
    owed = levy(_year(person), local)
    assert owed.people[0].months == months
    reasons = [reason.zh for reason in owed.people[0].reasons]
    assert (words is not None) == any(words in zh for zh in reasons if words)
    assert len(reasons) == 12 - months
    refund = vat_refund(_year(person, **MASSAGE), local)
    assert sum(len(month.people) for month in refund.months) == months
    assert sum(len(month.left_out) for month in refund.months) == 12 - months
    extra = extra_deduction(_year(person, has_facilities=True), local)
    assert extra.deduction_fen == months * 221_000
    assert ("P1" in extra.left_out) == (months == 0)
    assert ("P1" in extra.partly) == (0 < months < 12)
