"""What pages say: Chinese in the source, the English beside it from the catalogue."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from markupsafe import Markup

from rukang.base.jobs import JobKind, JobState
from rukang.care.attendance import Presence
from rukang.pay import EntryKind, PaymentState, RunState

CATALOGUE = Path(__file__).parent / "locales" / "en" / "LC_MESSAGES" / "messages.po"


def n_(zh: str) -> str:
    """Mark a text for the catalogue that is looked up later."""
    return zh


RUN_STATES = {
    RunState.DRAFT: n_("草稿"),
    RunState.CALCULATED: n_("已计算"),
    RunState.APPROVED: n_("已批准"),
    RunState.LOCKED: n_("已锁定"),
    RunState.PAID: n_("已发放"),
    RunState.RECONCILED: n_("已对账"),
    RunState.DECLARED: n_("已申报"),
}
PRESENCES = {
    Presence.PRESENT: n_("出勤"),
    Presence.ANNUAL_LEAVE: n_("年休假"),
    Presence.SICK_LEAVE: n_("病假"),
    Presence.INJURY_LEAVE: n_("工伤停工"),
    Presence.PERSONAL_LEAVE: n_("事假"),
    Presence.ABSENT: n_("旷工"),
    Presence.MARRIAGE_LEAVE: n_("婚假"),
    Presence.BEREAVEMENT_LEAVE: n_("丧假"),
    Presence.MATERNITY_LEAVE: n_("产假"),
    Presence.IN_LIEU: n_("补休"),
    Presence.HOLIDAY: n_("法定休假日"),
    Presence.REST: n_("休息"),
}
ENTRY_KINDS = {
    EntryKind.ADVANCE: n_("单位垫付"),
    EntryKind.OVERPAID: n_("多发"),
    EntryKind.CONSENT: n_("书面同意"),
    EntryKind.RECOVERY: n_("工资收回"),
    EntryKind.SETTLEMENT: n_("离职结清"),
    EntryKind.PAYMENT: n_("归还"),
    EntryKind.WAIVER: n_("免除"),
    EntryKind.WITHHELD: n_("未发放，不再发"),
}
"""What an entry in a ledger of receivables is called."""

PAYMENT_STATES = {
    PaymentState.SENT: n_("已送银行"),
    PaymentState.PAID: n_("已付"),
    PaymentState.FAILED: n_("失败"),
}
JOB_STATES = {
    JobState.QUEUED: n_("正在排队"),
    JobState.RUNNING: n_("正在进行"),
    JobState.DONE: n_("已完成"),
    JobState.FAILED: n_("未能完成"),
    JobState.CANCELLED: n_("已取消"),
}
JOB_KINDS = {
    JobKind.SOLVE_ROSTER: n_("排班"),
    JobKind.RUN_PAYROLL: n_("计算工资"),
    JobKind.WRITE_PAY_FILES: n_("写出单位文件"),
}
HELD = {
    "person": n_("姓名、性别、出生日期"),
    "identifier": n_("证件号码"),
    "disability": n_("残疾类别和等级"),
    "consent": n_("同意"),
    "person_merge": n_("档案的合并"),
    "two_people": n_("与同名同生日者不是同一人"),
    "death": n_("去世和继承人收款账户"),
    "staff": n_("员工合同"),
    "resident": n_("入园"),
    "guardian": n_("监护人"),
    "employment": n_("就业"),
    "tax_to_date": n_("当年已扣税额"),
    "attendance_day": n_("出勤"),
    "leave_day": n_("请假"),
    "wish": n_("排班愿望"),
    "hours_worked": n_("工时"),
    "piece_work": n_("计件"),
    "team_member": n_("集体计件的份额"),
    "worked_shift": n_("上过的班次"),
    "training": n_("培训"),
    "charge": n_("责任机构"),
    "payslip": n_("工资条"),
    "pay_item": n_("津贴与扣款"),
    "pay_correction": n_("工资更正"),
    "payment": n_("银行发放"),
    "part_payment": n_("分期工资"),
    "pay_missing": n_("缺少工资依据的月份"),
    "receivable_entry": n_("垫付与收回"),
    "confirmed_shift": n_("确认过的班次"),
    "case_file": n_("办理的事项"),
    "case_event": n_("办理的经过"),
    "paper": n_("交来的材料"),
    "audit_entry": n_("审计记录"),
}
"""What is held on a person, by table."""


@cache
def english() -> dict[str, str]:
    """Return the English of every text; read once, so that no compiled file can be out of date."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def t(zh: str, **values: object) -> Markup:
    """Return a text with its English beside it, marked as English for screen readers."""
    beside = Markup('<span class="en" lang="en">{}</span>').format(
        Markup(english()[zh]).format(**values)  # noqa: S704 - from our own catalogue
    )
    return Markup("{} {}").format(Markup(zh).format(**values), beside)  # noqa: S704


def both(zh: str, en: str) -> Markup:
    """Return words that are declared in both languages, the English marked as such.

    A name is the same in both, and is written once.
    """
    if en in ("", zh):
        return Markup("{}").format(zh)
    return Markup('{} <span class="en" lang="en">{}</span>').format(zh, en)


def plain(zh: str, **values: object) -> str:
    """Return a text with its English where no markup may stand, as in a title."""
    return f"{zh.format(**values)} {english()[zh].format(**values)}"
