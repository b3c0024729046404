"""Accounts and their roles, for administrators of the whole installation."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.access import Administering
from api.fields import RecordId, View
from api.paging import Page, WantedPage, page_of
from api.routers.signing.tokens import RoleView
from rukang.base.access import Reach, Role
from rukang.base.access.accounts import accounts_query, get_account, grant, take_role
from rukang.doors.grants import Over, grant_over
from rukang.forms.kinds import Words

router = APIRouter(prefix="/accounts", tags=["accounts"])

Named = Annotated[Words, Field(max_length=40)]


class AccountOfView(View):
    """An account with its roles."""

    id: int
    email: str
    name: str
    is_active: bool
    roles: list[RoleView]


class RoleOffered(View):
    """A role there is: what it is called, over what it may be held, and what it may do."""

    role: Role
    zh: str
    en: str
    reaches: list[Reach]
    permissions: list[str]

    @classmethod
    def of(cls, role: Role) -> RoleOffered:
        """Return what is said of a role."""
        return cls(
            role=role,
            zh=role.zh,
            en=role.en,
            reaches=[reach for reach in Reach if reach in role.reaches],
            permissions=sorted(role.permissions),
        )


class RoleGiven(BaseModel):
    """A role and over what it is held: a home, a region, an employer's credit code, or a person."""

    model_config = ConfigDict(extra="forbid")

    role: Role
    home: Annotated[Named | None, Field(examples=["ZP001"])] = None
    region: Annotated[Named | None, Field(examples=["371600"])] = None
    employer: Annotated[Named | None, Field(examples=["91371681MA3EXAMP0X"])] = None
    person: Annotated[Named | None, Field(examples=["ZP001/R01"])] = None

    @property
    def over(self) -> Over:
        """Return over what the role is held."""
        return Over(self.home, self.region, self.employer, self.person)


@router.get("", summary="账号 Accounts")
def list_accounts(session: Administering, wanted: WantedPage) -> Page[AccountOfView]:
    """Return every account, open or closed, by address."""
    return page_of(session, accounts_query(), wanted, AccountOfView.model_validate)


@router.get("/roles", summary="角色 The roles there are")
def list_roles(_: Administering) -> list[RoleOffered]:
    """Return the roles that an account can be given."""
    return list(map(RoleOffered.of, Role))


@router.post(
    "/{account_id}/roles",
    status_code=201,
    response_model=AccountOfView,
    summary="授予角色 Give a role",
)
def give_role(account_id: RecordId, given: RoleGiven, session: Administering) -> Any:
    """Give an account a role; giving it twice is giving it once."""
    account = get_account(session, account_id)
    grant(session, account, grant_over(session, given.role, given.over))
    return account


@router.post(
    "/{account_id}/roles/removal", response_model=AccountOfView, summary="收回角色 Take a role"
)
def remove_role(account_id: RecordId, given: RoleGiven, session: Administering) -> Any:
    """Take a role away, from the next request on."""
    account = get_account(session, account_id)
    take_role(session, account, grant_over(session, given.role, given.over))
    return account
