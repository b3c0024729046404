"""What has to be kept of a person, until which day, by which article.

References
----------
个人信息保护法 art. 19 (no longer than needed), art. 47 (erasure, and its end where a law sets a
period); the periods and their documents stand in ``retention.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rukang.base.clock import days_of_month
from rukang.base.database import context
from rukang.base.operator_files import unusable
from rukang.base.words import Text
from rukang.pay import PayRun, PayslipRecord
from rukang.people import Person, Resident, Staff
from rukang.work.employment import Employment, EmploymentKind

FILE = Path(__file__).with_name("retention.yaml")


FORM = (
    "每种记录写 years、document、article，种类限 wages、contract、insurance；",
    "state years, document and article of wages, contract or insurance; ",
)
"""What the installation's own file says."""


BROKEN = (yaml.YAMLError, AttributeError, KeyError, TypeError, UnicodeDecodeError, OSError)
"""How reading a file fails that is no YAML, or holds something else."""


class Period(BaseModel):
    """How long a kind of record is kept, by which document; or that it is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str
    years: int | None = Field(default=None, ge=0, le=100)
    document: str = ""
    article: str = ""
    standing: Literal["official", "recalled", "local"] = "local"
    unknown: Text | None = None

    @model_validator(mode="after")
    def _says_one(self) -> Period:
        if (self.years is None) is not (self.unknown is not None):
            raise ValueError("state either years with a document, or why they are unknown")
        if self.years is not None and not self.document:
            raise ValueError("a period names its document")
        return self


def load_periods(local: Path | None = None) -> dict[str, Period]:
    """Return the periods, those of the installation's own file before the others.

    Raises
    ------
    OperatorFileError
        If the installation's file cannot be read as periods.
    """
    periods = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    if local is not None and local.exists():
        try:
            own = yaml.safe_load(local.read_text(encoding="utf-8")) or {}
            for name, stated in own.items():
                words = {key: periods[name][key] for key in ("zh", "en")}
                periods[name] = {**words, **stated, "standing": "local"}
        except BROKEN as error:
            raise unusable(local, error, FORM) from error
    try:
        return {name: Period.model_validate(stated) for name, stated in periods.items()}
    except ValidationError as error:
        raise unusable(local or FILE, error, FORM) from error


@dataclass(frozen=True)
class Kept:
    """What has to be kept: of which kind, until which day (included), and why in words."""

    kind: str
    until: date | None
    zh: str
    en: str

    @property
    def words(self) -> tuple[str, str]:
        """Return it in Chinese and English; no day means that it is not known yet."""
        return self.zh, self.en


def kept_for(session: Session, person: Person, periods: Mapping[str, Period]) -> list[Kept]:
    """Return what has to be kept of a person today, and until when.

    Nothing means erasure may be now: what had to be kept until a day that is over is left out.
    """
    today = context.today(session)
    ever = [
        *_served(session, person),
        *(_kept(kind, last, periods[kind]) for kind, last in _recorded(session, person)),
    ]
    return [one for one in ever if one.until is None or one.until >= today]


def _served(session: Session, person: Person) -> Iterator[Kept]:
    """Yield that a person is still served or employed: the purpose has not ended (art. 47)."""
    served = select(Resident).where(Resident.person_id == person.id)
    contracts = select(Staff).where(Staff.person_id == person.id)
    ends = [
        *((resident.code, resident.left_on) for resident in session.scalars(served)),
        *((staff.code, staff.contract_to) for staff in session.scalars(contracts)),
    ]
    for code, end in ends:
        until = f"，记录的最后一日是 {end}" if end else "，没有记录离开日期"
        yield Kept(
            "service",
            end,
            f"{code} 的服务或合同尚在履行{until}（个人信息保护法第四十七条）",
            f"{code} is served or employed, until {end or 'an end is recorded'}"
            " (Personal Information Protection Law, article 47)",
        )


def _recorded(session: Session, person: Person) -> Iterable[tuple[str, date | None]]:
    """Yield each kind of record there is of a person, with the last day it tells of."""
    works = session.scalars(
        select(Employment).join(Resident).where(Resident.person_id == person.id)
    ).all()
    paid = session.scalar(
        select(func.max(PayRun.month))
        .join(PayslipRecord, PayslipRecord.run_id == PayRun.id)
        .join(Employment, Employment.id == PayslipRecord.employment_id)
        .join(Resident, Resident.id == Employment.resident_id)
        .where(Resident.person_id == person.id)
    )
    if paid is not None:
        yield "wages", days_of_month(paid)[-1]
    insured = [work for work in works if work.insured_from is not None]
    if insured:
        yield "insurance", _last(work.ended_on for work in insured)
    contracts = [work.ended_on for work in works if work.kind is not EmploymentKind.AGREEMENT]
    query = select(Staff.contract_to).where(Staff.person_id == person.id)
    contracts += session.scalars(query)
    if contracts:
        yield "contract", _last(contracts)


def _last(days: Iterable[date | None]) -> date | None:
    """Return the last of some days; None where one has not come."""
    found = list(days)
    ended = [day for day in found if day is not None]
    return max(ended) if len(ended) == len(found) else None


def _kept(kind: str, last: date | None, period: Period) -> Kept:
    if period.years is None:
        why = f"（{period.unknown.zh}）" if period.unknown else ""
        return Kept(
            kind,
            None,
            f"{period.zh}的保存期限未知{why}；"
            f"请在数据目录的 retention.yaml 中写明 {kind} 的 years、document、article",
            f"how long {period.en} are kept is not known; state {kind} in retention.yaml of the"
            " data folder",
        )
    by = f"{period.document}{period.article}"
    doubt = "（凭记忆，待核实）" if period.standing == "recalled" else ""
    if last is None:
        return Kept(
            kind,
            None,
            f"{period.zh}尚在产生，结束后保存 {period.years} 年（{by}{doubt}）",
            f"{period.en} are still being made; kept {period.years} years afterwards ({by})",
        )
    until = _years_later(last, period.years)
    return Kept(
        kind,
        until,
        f"{period.zh}保存至 {until}（{by}，{period.years} 年{doubt}）",
        f"{period.en} are kept until {until} ({by}, {period.years} years)",
    )


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1) - timedelta(days=1)
