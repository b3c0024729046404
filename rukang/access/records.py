"""Accounts, what each may see, and their revocable tokens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rukang.access.caller import Role
from rukang.database.base import Base
from rukang.database.types import UtcDateTime, one_of


class Account(Base):
    """Somebody who may sign in. Column names are those fastapi-users expects of a user."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(String(320), unique=True)
    hashed_password: Mapped[str] = mapped_column(String(1024))
    name: Mapped[str] = mapped_column(String(60))
    is_active: Mapped[bool] = mapped_column(default=True)
    is_superuser: Mapped[bool] = mapped_column(default=False)
    is_verified: Mapped[bool] = mapped_column(default=True)
    roles: Mapped[list[AccountRole]] = relationship(back_populates="account", lazy="selectin")


class AccountRole(Base):
    """A role of an account, in one home, in a region, or (neither) everywhere."""

    __tablename__ = "account_role"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(one_of(Role))
    home_id: Mapped[int | None] = mapped_column(ForeignKey("home.id"))
    region: Mapped[str | None] = mapped_column(String(6))
    account: Mapped[Account] = relationship(back_populates="roles")


class AccessToken(Base):
    """A session or program token; only the SHA-256 of the token is kept. Deleting it revokes it."""

    __tablename__ = "access_token"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
