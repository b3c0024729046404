"""``rukang roster``: a month's roster, from the problem to the hours that were worked."""

from rukang.doors.cli.acts import add_acts
from rukang.doors.cli.roster import mend, worked
from rukang.doors.cli.roster.plans import app
from rukang.rosters import ACTS

add_acts(app, ACTS)

for command in (*mend.COMMANDS, *worked.COMMANDS):
    app.command()(command)

__all__ = ["app"]
