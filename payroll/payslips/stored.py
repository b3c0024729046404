"""A payslip as plain data for storage, and back, exactly as it was computed."""

from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from payroll.payslips.payslip import Payslip
from payroll.policy.lookup import Resolved
from payroll.policy.units import read_value

_PAYSLIP: TypeAdapter[Payslip] = TypeAdapter(Payslip)


def to_plain(slip: Payslip) -> dict[str, Any]:
    """Return a payslip as JSON-ready data."""
    plain: dict[str, Any] = _PAYSLIP.dump_python(slip, mode="json")
    return plain


def from_plain(plain: dict[str, Any]) -> Payslip:
    """Return the payslip that :func:`to_plain` wrote; equal to the one it was given.

    Raises
    ------
    pydantic.ValidationError
        If the data are of another shape.
    """
    slip = _PAYSLIP.validate_python(plain)
    lines = (replace(line, figures=_typed(line.figures)) for line in slip.lines)
    return replace(slip, lines=tuple(lines), unconfirmed=_typed(slip.unconfirmed))


def _typed(figures: tuple[Resolved, ...]) -> tuple[Resolved, ...]:
    """Give values the type of their unit again: JSON keeps decimals and dates as text."""
    return tuple(_one_typed(figure) for figure in figures)


def _one_typed(figure: Resolved) -> Resolved:
    via = figure.via and _one_typed(figure.via)
    return replace(figure, value=read_value(figure.unit, False, figure.value), via=via)
