"""What one employer's work in two homes leaves open: nobody is computed on a guess."""

from __future__ import annotations

from sqlalchemy.orm import Session

from payroll.policy import Name
from rukang.bodies.homes import Home
from rukang.pay.store.stored import homes_named
from rukang.pay.year.elsewhere import payee_of
from rukang.pay.year.tax_years import YearSoFar
from rukang.work.employment import Employment


def of_two_homes(session: Session, home: Home, work: Employment, year: YearSoFar) -> list[Name]:
    """Return why a job cannot be computed beside the person's others for the employer.

    Totals on file that contradict each other, and an insurance in two homes, which names both.
    """
    others = year.insured_elsewhere(work) if work.insured_in(year.month) else []
    homes = homes_named(session, {of.home_id for of in others}).values()
    twice = [_insured_twice(work, home, there) for there in homes]
    return [_contradicting(work), *twice] if payee_of(work) in year.unclear else twice


def _contradicting(work: Employment) -> Name:
    zh = (
        f"{work.employer.name} 的年度累计登记了两份，数目不同；累计是该单位全年的合计，"
        "请按扣缴端的数在各处登记相同的一份"
    )
    en = (
        f"two different totals of the year are on file for {work.employer.name}: they are all that"
        " it paid, so enter the same everywhere, as its tax client shows them"
    )
    return Name(zh=zh, en=en)


def _insured_twice(work: Employment, here: Home, there: Home) -> Name:
    zh = (
        f"{work.employer.name} 在 {here.code} {here.name} 和 {there.code} {there.name} "
        "都登记了参保；一人在一个单位只参保一次，请只留一处的参保起始月，按合计工资填申报基数"
    )
    en = (
        f"{work.employer.name} insures in {here.code} and in {there.code}: a person is insured once"
        " by an employer; keep it at one home, with a base of both wages"
    )
    return Name(zh=zh, en=en)
