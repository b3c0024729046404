"""``rukang payroll files``: a month's files, a folder for each employer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rukang import pay
from rukang.base.access import Permission
from rukang.base.access.accounts import caller_of, named_account
from rukang.base.errors import NotAllowedError
from rukang.doors.cli.common import Data, Local, Month, Out, say, signed
from rukang.doors.cli.payroll.runs import By
from rukang.doors.handlers import policy_of


def files(
    month: Month,
    out: Out = Path("by-employer"),
    payer: Annotated[
        list[str] | None,
        typer.Option(
            "--payer",
            metavar="USCC",
            help="只要哪些单位（统一社会信用代码） / only these employers",
            show_default="全部 all",
        ),
    ] = None,
    send: Annotated[
        bool,
        typer.Option("--send", help="只列未付的，记为已送 / unpaid, now sent"),
    ] = False,
    each: Annotated[
        bool, typer.Option("--each", help="每人一份工资条 / a payslip file for each person")
    ] = False,
    by: By = None,
    local: Local = None,
    data: Data = None,
) -> None:
    """按用工单位分文件夹写出个税、社保、银行、结算文件 / a folder of files for each employer."""
    here, database = signed(data)
    with database.session() as session:
        caller = caller_of(named_account(session, by or database.caller.name))
    # What an account may see decides whose files it gets: not what the machine holds.
    needed = (Permission.NUMBERS_READ, *([Permission.PAY_WRITE] if send else ()))
    if not all(caller.may(permission) for permission in needed):
        raise NotAllowedError(
            f"{caller.name} 没有写出单位文件的权限；请由工资专员办理。",
            f"{caller.name} may not write the files of employers; a wage clerk may.",
        )
    with database.session(caller, Permission.NUMBERS_READ) as session:
        written = pay.write_by_employer(
            session,
            month,
            out,
            policy_of(here, local),
            payers=payer or (),
            sending=send,
            each=each,
        )
    for paths in written.values():
        say(f"  → {paths[0].parent}")
    total = sum(map(len, written.values()))
    say(f"{len(written)} 家单位，{total} 个文件 / employers, files")
