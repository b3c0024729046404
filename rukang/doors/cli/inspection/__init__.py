"""``rukang inspection``: the steps from an application to a star."""

from rukang.doors.cli.inspection import results, sheet
from rukang.doors.cli.inspection.steps import app

for name, step in (sheet.COMMANDS | results.COMMANDS).items():
    app.command(name)(step)

__all__ = ["app"]
