"""A death stops wages from its day, and what is owed goes to the heirs' payee; each by hand.

Wage 2210, 21.75, base floor 4504: own shares 360.32 + 90.08 + 13.51 = 463.91 a month.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from rukang import pay
from rukang.base.clock import days_of_month
from rukang.base.database import audit
from rukang.base.database.context import as_actor
from rukang.base.errors import ConflictError, InvalidError
from rukang.pay import BankAnswer, EntryKind, Payment
from rukang.pay.documents.offices.bank_list import bank_rows, bank_sheets
from rukang.people import Death, Person, certificate_of, list_residents, list_staff
from rukang.rosters.law.terms import under_contract
from rukang.work.employment import Employment, Payee, death_of, record_death, withdraw_death
from tests.factories import a_member_of_staff, an_employment
from tests.rukang.pay.test_advances import (
    AUGUST,
    CLERK,
    JULY,
    JUNE,
    OWN,
    Office,
    attend,
    office,
    scheduled,
)

__all__ = ["office"]

TENTH = date(2026, 6, 10)
HEIR = Payee("示例配偶", "示例银行", "6200000000000000018")
EIGHT_DAYS = 812_87
"""1 to 10 June 2026 holds eight workdays: 8 × 2210 ÷ 21.75 = 812.8735…"""


def dies(office: Office, who: str = "R03", on: date = TENTH, payee: Payee | None = None) -> None:
    """Record a death."""
    with office.database.session() as session:
        person = session.get_one(Employment, office.works[who]).resident.person
        record_death(as_actor(session, CLERK), person, on, payee)


def test_what_is_owed_waits_for_a_payee_and_goes_to_it(office: Office, tmp_path: Path) -> None:
    """R03 died on 10 June: 812.87 − 463.91 = 348.96 for June, to nobody until one is named."""
    attend(office, "R02", JUNE)
    attend(office, "R03", JUNE, days=[day for day in scheduled(JUNE) if day <= TENTH])
    dies(office)
    run_id = office.pay(JUNE)
    assert office.line(run_id, "R03", "net") == EIGHT_DAYS - OWN == 348_96
    others = ["R01", "R02"]
    with office.database.session() as session:
        run = pay.find_run(session, run_id)
        (owed,) = pay.owed_to_heirs(session, office.home(session))
        assert (owed.month, owed.payslip.net_fen, owed.death.payee) == (JUNE, 348_96, "")
        assert not owed.is_in_part
        assert [row[0] for row in bank_rows(session, run.payslips)] == others
        assert [slip.slip["worker"] for slip in pay.send(session, run)] == others
        assert pay.paid_so_far(session, run).waiting_fen == 2 * (221_000 - OWN) + 348_96
    dies(office, payee=HEIR)
    with office.database.session() as session:
        run = pay.find_run(session, run_id)
        (row,) = [row for row in bank_rows(session, run.payslips) if row[0] == "R03"]
        assert [str(cell) for cell in row[1:5]] == [HEIR.name, HEIR.bank, HEIR.account, "348.96"]
        (named,) = bank_rows(session, pay.send(session, run), ["收款方姓名", "身份证号"])
        assert named == (HEIR.name, "")
        _, sums = bank_sheets(session, run.payslips)
        # 2 × 1746.09 + 348.96
        assert [str(cell) for cell in sums.rows[0]] == ["3", "3841.14"]
        assert len(pay.owed_to_heirs(session, office.home(session))) == 1
        sent = session.scalars(select(Payment)).all()
        answers = [BankAnswer(one.payslip_id, one.amount_fen, is_paid=True) for one in sent]
        assert pay.take_answers(session, run, answers).is_complete
        assert pay.owed_to_heirs(session, office.home(session)) == []
        stored = session.scalars(select(Death)).one()
        assert HEIR.account not in stored.account_cipher + stored.account_masked
        pay.write_documents(session, run, tmp_path / "wages")
    easy = PdfReader(tmp_path / "wages" / "payslips-easy-read.pdf")
    assert len(easy.pages) == len(others)
    assert len(PdfReader(tmp_path / "wages" / "payslips.pdf").pages) == 3


def locked_unknowing(office: Office) -> tuple[int, int]:
    """Lock June and July with everybody there all the time, and mark August; return both runs."""
    for month in (JUNE, JULY, AUGUST):
        for who in ("R02", "R03"):
            attend(office, who, month)
    known = days_of_month(JUNE)[-1]
    return office.pay(JUNE, known), office.pay(JULY, known)


def paid_by_bank(office: Office, run_id: int) -> None:
    """Let the bank pay what goes to it of a run."""
    with office.database.session() as session:
        run = pay.find_run(session, run_id)
        going = pay.send(session, run)
        sent = {one.payslip_id: one.amount_fen for one in pay.payments_of(session, run)}
        answers = [BankAnswer(slip.id, sent[slip.id], is_paid=True) for slip in going]
        pay.take_answers(session, run, answers)


def lots_of(office: Office, who: str = "R03") -> list[tuple[date, str, int, int]]:
    """Return the lots of somebody's ledger: month, line, amount, what is open."""
    found = office.receivable(who).lots
    return [(lot.month, lot.line, lot.amount_fen, lot.open_fen) for lot in found]


def test_a_death_entered_late_lists_what_was_paid_and_what_is_owed(office: Office) -> None:
    """Known in August, with June and July locked and not yet sent.

    June was locked whole and is not sent before August has reckoned it: 348.96 of its 1746.09 are
    owed, 1397.13 = 2210.00 − 812.87 are not. July is owed to nobody and does not keep its run from
    being paid.
    """
    june, july = locked_unknowing(office)
    with office.database.session() as session:
        assert pay.owed_to_heirs(session, office.home(session)) == []
    dies(office, payee=HEIR)
    with office.database.session() as session:
        home = office.home(session)
        paid = pay.paid_after_end(session, home)
        assert [(item.month, item.is_in_part) for item in paid] == [(JUNE, True), (JULY, False)]
        (owed,) = pay.owed_to_heirs(session, home)
        assert (owed.month, owed.is_in_part) == (JUNE, True)
        run = pay.find_run(session, june)
        assert [row[0] for row in bank_rows(session, run.payslips)] == ["R01", "R02"]
        waiting = {
            of: pay.paid_so_far(session, pay.find_run(session, of)).waiting for of in (june, july)
        }
        assert waiting == {june: 3, july: 2}
    august = office.pay(AUGUST, days_of_month(JUNE)[-1])
    assert "1 人的用工在已锁定的月份之前就结束了" in office.note(august)
    assert lots_of(office) == [
        (JUNE, "monthly_wage", 1397_13, 0),
        (JULY, "monthly_wage", 1746_09, 0),
    ]
    kinds = [entry.kind for entry in office.receivable("R03").entries]
    assert kinds == [EntryKind.OVERPAID, EntryKind.OVERPAID, *2 * [EntryKind.WITHHELD]]
    with office.database.session() as session:
        (owed,) = pay.owed_to_heirs(session, office.home(session))
        assert (owed.month, owed.amount_fen, owed.is_in_part) == (JUNE, 348_96, False)
        run = pay.find_run(session, june)
        (row,) = [row for row in bank_rows(session, run.payslips) if row[0] == "R03"]
        assert [str(cell) for cell in row[1:5]] == [HEIR.name, HEIR.bank, HEIR.account, "348.96"]
        assert pay.paid_so_far(session, run).waiting_fen == 2 * (221_000 - OWN) + 348_96
        assert pay.paid_so_far(session, pay.find_run(session, july)).waiting == 2
    paid_by_bank(office, june)
    paid_by_bank(office, july)
    with office.database.session() as session:
        assert pay.owed_to_heirs(session, office.home(session)) == []
        for of, people in ((june, 3), (july, 2)):
            so_far = pay.paid_so_far(session, pay.find_run(session, of))
            assert (so_far.paid, so_far.is_complete) == (people, True)


def test_what_was_paid_out_after_a_death_is_a_receivable(office: Office) -> None:
    """June and July went through the bank: 1397.13 + 1746.09 = 3143.22 have to come back.

    Of July 2210.00 were too much, and 463.91 of own shares come back from the insurance: they meet
    in August's payslip, whose net is nil, with 1153.03 of the employer's shares.
    """
    for run_id in locked_unknowing(office):
        paid_by_bank(office, run_id)
    dies(office)
    august = office.pay(AUGUST, days_of_month(JUNE)[-1])
    for line, amount in (
        ("arrears", -OWN),
        ("arrears_employee_share", -OWN),
        ("arrears_employer_cost", -1153_03),
        ("net", 0),
    ):
        assert office.line(august, "R03", line) == amount, line
    assert lots_of(office) == [
        (JUNE, "monthly_wage", 1397_13, 1397_13),
        (JULY, "monthly_wage", 1746_09, 1746_09),
    ]
    assert office.receivable("R03").open_fen == 3143_22
    with office.database.session() as session:
        assert pay.owed_to_heirs(session, office.home(session)) == []
        pay.record_payment(
            as_actor(session, CLERK),
            office.home(session),
            office.works["R03"],
            3143_22,
            TENTH,
            "家属转账",
        )
    assert office.receivable("R03").open_fen == 0


def test_a_resignation_entered_late_is_settled_alike(office: Office) -> None:
    """It is no death: the receivable is the same, and what is not sent yet stays as it is."""
    locked_unknowing(office)
    with office.database.session() as session:
        session.get_one(Employment, office.works["R03"]).ended_on = TENTH
    office.pay(AUGUST, days_of_month(JUNE)[-1])
    assert office.receivable("R03").open_fen == 3143_22


def test_a_death_taken_back_gives_everything_back(office: Office) -> None:
    """June owes the withheld 1397.13 again, July its wage and the shares that had come back.

    The unpaid payslip of June goes on being paid by what was not withheld, so that nothing is paid
    twice.
    """
    june_run, _ = locked_unknowing(office)
    dies(office)
    office.pay(AUGUST, days_of_month(JUNE)[-1])
    with office.database.session() as session:
        work = session.get_one(Employment, office.works["R03"])
        withdraw_death(session, work.resident.person, "登记错了人")
        policy = office.policy.as_known_on(days_of_month(JUNE)[-1])
        owed = pay.owed(session, office.home(session), date(2026, 9, 1), policy)[work.job]
        june = pay.find_run(session, june_run)
        assert pay.paid_so_far(session, june).waiting_fen == 2 * (221_000 - OWN) + 348_96
    pay_lines = {(a.month, a.line): a.amount_fen for a in owed}
    assert pay_lines[JUNE, "monthly_wage"] == 1397_13
    assert pay_lines[JULY, "monthly_wage"] == 2210_00
    assert sum(pay_lines.values()) == 1397_13 + 2210_00 + OWN + 1153_03


def test_days_corrected_by_hand_are_left_to_somebody(office: Office) -> None:
    """June had been corrected to 20 days: whether these hold up to the tenth has to be said."""
    june, _ = locked_unknowing(office)
    with office.database.session() as session:
        run, work = pay.find_run(session, june), office.works["R03"]
        pay.correct(
            as_actor(session, CLERK), run, work, {"paid_days": "20", "unpaid_days": "2"}, "出勤"
        )
    dies(office)
    august = office.calculate(AUGUST, days_of_month(JUNE)[-1])
    assert "差额未结清的 1 人：R03" in office.note(august)
    with office.database.session() as session:
        run = pay.find_run(session, june)
        right = {"left": f"{TENTH}", "paid_days": "8", "unpaid_days": "0"}
        pay.correct(as_actor(session, CLERK), run, office.works["R03"], right, "六月十日去世")
        pay.reopen(as_actor(session, CLERK), pay.find_run(session, august), "再算")
    office.pay(AUGUST, days_of_month(JUNE)[-1])
    assert lots_of(office)[0] == (JUNE, "monthly_wage", 1397_13, 0)


def test_what_was_paid_before_it_was_known_stays_paid(office: Office) -> None:
    """July went through the bank before the death of June was entered: the run stays complete."""
    for month in (JUNE, JULY):
        for who in ("R02", "R03"):
            attend(office, who, month)
    office.pay(JUNE, days_of_month(JUNE)[-1])
    july = office.pay(JULY, days_of_month(JUNE)[-1])
    with office.database.session() as session:
        run = pay.find_run(session, july)
        slips = pay.send(session, run)
        pay.take_answers(
            session, run, [BankAnswer(slip.id, slip.net_fen, is_paid=True) for slip in slips]
        )
    dies(office)
    with office.database.session() as session:
        found = pay.paid_so_far(session, pay.find_run(session, july))
        assert (found.paid, found.waiting, found.failed) == (3, 0, 0)


def test_everything_ends_on_the_day_and_begins_again_if_it_was_a_mistake(office: Office) -> None:
    """Stay, work (also what was to begin later) and staff contract; the day is corrected once."""
    july = {"started_on": date(2026, 7, 15), "ended_on": None}
    with office.database.session() as session:
        work = session.get_one(Employment, office.works["R03"])
        work.ended_on = date(2026, 7, 14)
        later = an_employment(session, work.resident, work.employer, **july).id
        person_id = work.resident.person_id
        member = a_member_of_staff(session, office.home(session))
        member.person_id = person_id
    dies(office, payee=HEIR)
    dies(office, on=date(2026, 6, 12))
    with office.database.session() as session:
        home, person = office.home(session), session.get_one(Person, person_id)
        death = death_of(session, person)
        assert death is not None
        assert (death.died_on, death.payee) == (date(2026, 6, 12), HEIR.name)
        first = session.get_one(Employment, office.works["R03"])
        assert first.ended_on == session.get_one(Employment, later).ended_on == death.died_on
        assert first.resident.left_on == death.died_on
        (member,) = list_staff(session, home, JUNE, days_of_month(JUNE)[-1])
        assert under_contract(member, date(2026, 6, 12))
        assert not under_contract(member, date(2026, 6, 13))
        assert not list_staff(session, home, JULY, days_of_month(JULY)[-1])
        seen = list_residents(session, home, JULY, JULY)
        assert [resident.code for resident in seen] == ["R01", "R02"]
        works = pay.employments_of(session, home, JULY)
        assert [work.resident.code for work in works] == ["R01", "R02"]
        with pytest.raises(InvalidError, match="原因"):
            withdraw_death(session, person, " ")
        withdraw_death(session, person, "登记错了人")
        assert first.ended_on == date(2026, 7, 14)
        assert session.get_one(Employment, later).ended_on is None
        assert (first.resident.left_on, member.contract_to) == (None, None)
        assert death_of(session, person) is None
        with pytest.raises(ConflictError, match="没有去世登记"):
            withdraw_death(session, person, "登记错了人")
    with office.database.session() as session:
        assert audit.verify(session).fault is None


def test_what_ended_before_the_death_stays_as_it_is(office: Office) -> None:
    """A job that ended in May is not brought to the day of death, nor touched when taken back."""
    with office.database.session() as session:
        session.get_one(Employment, office.works["R03"]).ended_on = date(2026, 5, 31)
    dies(office)
    with office.database.session() as session:
        work = session.get_one(Employment, office.works["R03"])
        assert work.ended_on == date(2026, 5, 31)
        withdraw_death(session, work.resident.person, "登记错了人")
        assert work.ended_on == date(2026, 5, 31)


@pytest.mark.parametrize(
    ("on", "payee", "said"),
    [
        (date(2199, 1, 1), None, "不在出生日期和今天"),
        (date(1900, 1, 1), None, "不在出生日期和今天"),
        (TENTH, Payee("示例配偶", "示例银行", "6200000000000000019"), "收款人账号不对"),
        (TENTH, Payee(" ", "示例银行", HEIR.account), "姓名"),
    ],
)
def test_a_day_or_an_account_that_cannot_be_is_refused(
    office: Office, on: date, payee: Payee | None, said: str
) -> None:
    """Nothing is recorded then, and nothing ends."""
    with pytest.raises(InvalidError, match=said):
        dies(office, on=on, payee=payee)
    with office.database.session() as session:
        assert session.scalars(select(Death)).all() == []
        assert session.get_one(Employment, office.works["R03"]).ended_on is None


def test_a_certificate_found_to_have_ended_is_told_of_locked_months(office: Office) -> None:
    """R03's ended on 10 June, entered with June locked: June's findings name R03, and nobody else.

    The wage goes on: it is work, and only what the law ties to the certificate stops.
    """
    for who in ("R02", "R03"):
        attend(office, who, JUNE)
    run_id = office.pay(JUNE)
    rule = pay.Rule.CERTIFICATE_VALID
    for entered, told in ((False, set()), (True, {"R03"})):
        with office.database.session() as session:
            if entered:
                person = session.get_one(Employment, office.works["R03"]).resident.person
                certificate_of(person, TENTH).valid_to = TENTH
            found = pay.findings(session, office.home(session), pay.find_run(session, run_id))
            assert {item.person for item in found if item.rule is rule} == told
