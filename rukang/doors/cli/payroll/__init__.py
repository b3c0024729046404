"""``rukang payroll``: a month of wages, from the run to the bank's answer."""

from collections.abc import Callable

from rukang.doors.cli.payroll.advances import COMMANDS
from rukang.doors.cli.payroll.files import files
from rukang.doors.cli.payroll.more import correct, late_fee, share_out, year_after_month
from rukang.doors.cli.payroll.parts import PARTS, team_shares
from rukang.doors.cli.payroll.runs import app

MORE: dict[str, Callable[..., None]] = {
    "files": files,
    "correct": correct,
    "tax-after": year_after_month,
    "late-fee": late_fee,
    "team-pay": share_out,
    "team-shares": team_shares,
}

for name, command in (MORE | COMMANDS | PARTS).items():
    app.command(name)(command)

__all__ = ["app"]
