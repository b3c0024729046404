"""``rukang roster``: a month's roster, from the problem to the hours that were worked."""

from rukang.doors.cli.roster import mend, worked
from rukang.doors.cli.roster.plans import app

for command in (*mend.COMMANDS, *worked.COMMANDS):
    app.command()(command)

__all__ = ["app"]
