"""The command line: ``rukang --help``."""

from __future__ import annotations

from typing import Annotated

import typer

from rukang.doors.cli.console.width import wrap_by_width
from rukang.doors.cli.parts import ACCOUNT, Parts

app = typer.Typer(
    name="rukang",
    cls=Parts,
    help="如康家园：排班、工资、星级评定 / rosters, wages and star ratings of Rukang Homes",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # locals may hold personal numbers
)


@app.callback()
def who_acts(
    account: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="ADDRESS",
            envvar="RUKANG_ACCOUNT",
            help="由哪个账号办理 / the account that acts",
        ),
    ] = None,
) -> None:
    """如康家园：排班、工资、星级评定 / rosters, wages and star ratings of Rukang Homes."""
    ACCOUNT.set(account)


wrap_by_width()

__all__ = ["app"]
