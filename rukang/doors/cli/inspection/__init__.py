"""``rukang inspection``: the steps from an application to a star."""

from rukang.doors.cli.acts import add_acts
from rukang.doors.cli.inspection import results, sheet
from rukang.doors.cli.inspection.steps import app
from rukang.stars.inspections import ACTS

add_acts(app, ACTS)
for name, step in (sheet.COMMANDS | results.COMMANDS).items():
    app.command(name)(step)

__all__ = ["app"]
