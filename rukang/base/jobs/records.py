"""Long work that was asked for: who may follow it, and under which workflow it runs."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from rukang.base.database.about import nobody
from rukang.base.database.base import Base, OfHome
from rukang.base.database.types import UtcDateTime, one_of


class JobKind(enum.StrEnum):
    """What a job does; its subject is a roster plan, a wage run, or an order of files."""

    SOLVE_ROSTER = "solve_roster"
    RUN_PAYROLL = "run_payroll"
    WRITE_PAY_FILES = "write_pay_files"


class Job(OfHome, Base):
    """One durable job; ``workflow`` is its id in the durable engine."""

    __tablename__ = "job"
    whom = nobody("work asked for by an account in office")

    kind: Mapped[JobKind] = mapped_column(one_of(JobKind))
    subject_id: Mapped[int]
    seconds: Mapped[int]
    """The longest its work may take; 0 for a wage run, which takes as long as it takes."""
    workflow: Mapped[str] = mapped_column(String(80), unique=True)
    asked_by: Mapped[str] = mapped_column(String(200))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
