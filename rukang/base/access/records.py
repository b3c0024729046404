"""Accounts, their roles and tokens, how they prove who they are, and conflicts of interest."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rukang.base.access.roles import Role
from rukang.base.database.about import nobody
from rukang.base.database.base import Base, OfHome
from rukang.base.database.types import UtcDateTime, one_of


class Account(Base):
    """Somebody who may sign in. Column names are those fastapi-users expects of a user."""

    __tablename__ = "account"
    whom = nobody("somebody in office; the trail has to say who acted")

    email: Mapped[str] = mapped_column(String(320), unique=True)
    hashed_password: Mapped[str] = mapped_column(String(1024))
    name: Mapped[str] = mapped_column(String(60))
    is_active: Mapped[bool] = mapped_column(default=True)
    is_superuser: Mapped[bool] = mapped_column(default=False)
    is_verified: Mapped[bool] = mapped_column(default=True)
    roles: Mapped[list[AccountRole]] = relationship(back_populates="account", lazy="selectin")


class AccountRole(Base):
    """A role of an account: in a home or a region, for an employer or a person, or everywhere.

    ``role`` is kept as plain text; what is not one of :class:`~rukang.base.access.roles.Role` is
    refused. ``person_id`` is who holds the account, or for whom a guardian stands, as the role
    says.
    """

    __tablename__ = "account_role"
    whom = nobody("what somebody in office may do")

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(one_of(Role))
    home_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    region: Mapped[str | None] = mapped_column(String(6))
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    account: Mapped[Account] = relationship(back_populates="roles")


class SessionKind(enum.StrEnum):
    """Who carries a token: a browser, which may be left alone, or a program."""

    BROWSER = "browser"
    PROGRAM = "program"


class AccessToken(Base):
    """A session or program token; only the SHA-256 of the token is kept. Deleting it revokes it.

    ``network`` is where it was asked for, so that its owner can tell it from others.
    """

    __tablename__ = "access_token"
    whom = nobody("a secret; outside the trail")

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[SessionKind] = mapped_column(one_of(SessionKind), default=SessionKind.PROGRAM)
    network: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime] = mapped_column(
        UtcDateTime, default=lambda row: row.get_current_parameters()["created_at"]
    )


class Interest(OfHome, Base):
    """Why somebody may not inspect a home: worked there, is related, does business with it.

    Days are inclusive; an open end is still so.
    """

    __tablename__ = "interest"
    whom = nobody("about an account in office: why it may not inspect a home")
    __table_args__ = (UniqueConstraint("home_id", "email", "held_from"),)

    email: Mapped[str] = mapped_column(String(320), index=True)
    words: Mapped[str] = mapped_column(String(200))
    held_from: Mapped[date]
    held_to: Mapped[date | None]


class SecondFactor(Base):
    """The sealed secret of an account's codes (RFC 6238); on once it was confirmed with a code."""

    __tablename__ = "second_factor"
    whom = nobody("a secret of somebody in office, sealed")

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    totp_cipher: Mapped[str] = mapped_column(String(500))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_step: Mapped[int | None]


class RecoveryCode(Base):
    """A code that stands in once for a lost second factor; only its SHA-256 is kept."""

    __tablename__ = "recovery_code"
    whom = nobody("digests of secrets")

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PasswordLink(Base):
    """A link by which a password is set once; only the SHA-256 of its token is kept."""

    __tablename__ = "password_link"
    whom = nobody("digests of secrets")

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInTally(Base):
    """Failed attempts to sign in under a keyed digest (`accounts.guessing`)."""

    __tablename__ = "sign_in_tally"
    whom = nobody("keyed digests; outside the trail")

    key: Mapped[str] = mapped_column(String(64), unique=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class FamiliarPlace(Base):
    """A browser or network an account has signed in from, under a keyed digest."""

    __tablename__ = "familiar_place"
    whom = nobody("keyed digests; outside the trail")
    __table_args__ = (UniqueConstraint("account_id", "place"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    place: Mapped[str] = mapped_column(String(64), index=True)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
