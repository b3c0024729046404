"""What pages say: Chinese in the source, the English beside it from the catalogue."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from markupsafe import Markup

from rukang.jobs import JobKind, JobState
from rukang.pay import RunState
from rukang.rosters import RosterState

CATALOGUE = Path(__file__).parent / "locales" / "en" / "LC_MESSAGES" / "messages.po"


def n_(zh: str) -> str:
    """Mark a text for the catalogue that is looked up later."""
    return zh


ROSTER_STATES = {
    RosterState.REQUESTED: n_("等待排班"),
    RosterState.DRAFT: n_("草稿"),
    RosterState.IMPOSSIBLE: n_("无法排出"),
    RosterState.PUBLISHED: n_("已发布"),
    RosterState.STOPPED: n_("未得出班表"),
}
RUN_STATES = {
    RunState.DRAFT: n_("草稿"),
    RunState.CALCULATED: n_("已计算"),
    RunState.APPROVED: n_("已批准"),
    RunState.LOCKED: n_("已锁定"),
    RunState.PAID: n_("已发放"),
    RunState.RECONCILED: n_("已对账"),
    RunState.DECLARED: n_("已申报"),
}
RUN_STEPS = {
    RunState.LOCKED: n_("锁定"),
    RunState.PAID: n_("记为已发放"),
    RunState.RECONCILED: n_("记为已对账"),
    RunState.DECLARED: n_("记为已申报"),
}
JOB_STATES = {
    JobState.QUEUED: n_("正在排队"),
    JobState.RUNNING: n_("正在进行"),
    JobState.DONE: n_("已完成"),
    JobState.FAILED: n_("未能完成"),
    JobState.CANCELLED: n_("已取消"),
}
JOB_KINDS = {JobKind.SOLVE_ROSTER: n_("排班"), JobKind.RUN_PAYROLL: n_("计算工资")}


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


def plain(zh: str, **values: object) -> str:
    """Return a text with its English where no markup may stand, as in a title."""
    return f"{zh.format(**values)} {english()[zh].format(**values)}"
