"""Long work that was asked for: who may follow it, and under which workflow it runs."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from rukang.database.base import Base, OfHome
from rukang.database.types import UtcDateTime, one_of


class JobKind(enum.StrEnum):
    """What a job does; its subject is a roster plan or a wage run."""

    SOLVE_ROSTER = "solve_roster"
    RUN_PAYROLL = "run_payroll"


class Job(OfHome, Base):
    """One durable job; ``workflow`` is its id in the durable engine."""

    __tablename__ = "job"

    kind: Mapped[JobKind] = mapped_column(one_of(JobKind))
    subject_id: Mapped[int]
    workflow: Mapped[str] = mapped_column(String(80), unique=True)
    asked_by: Mapped[str] = mapped_column(String(200))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
