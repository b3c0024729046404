"""Filling templates. Everything is escaped; a name a template mistypes is an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from api.pages import words
from payroll import yuan
from payroll.payslips.payslip import cite
from rukang.base.clock import in_shanghai, month_in_words
from rukang.base.papers.templating import environment

_environment = environment(Path(__file__).parent / "templates")
_environment.globals.update(
    t=words.t,
    plain=words.plain,
    both=words.both,
    presences=words.PRESENCES,
    run_states=words.RUN_STATES,
    payment_states=words.PAYMENT_STATES,
    entry_kinds=words.ENTRY_KINDS,
    job_states=words.JOB_STATES,
    job_kinds=words.JOB_KINDS,
)
_environment.filters.update(
    month=month_in_words,
    moment=lambda moment: f"{in_shanghai(moment):%Y-%m-%d %H:%M}",
    cite=cite,
    yuan=lambda amount: f"{yuan(amount):,}",
)


def render(request: Request, template: str, http_status: int = 200, **values: Any) -> Response:
    """Return a page; ``visit`` among the values says who is signed in."""
    text = _environment.get_template(template).render(
        request=request, visit=values.pop("visit", None), **values
    )
    return HTMLResponse(text, http_status)
