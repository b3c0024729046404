"""Whether a run can be computed again from what it was made of, to the bit.

A digest covers what the program of its day had, and the run names the version. Runs calculated
before versions were named are tried under each: no other version gives the same digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import payroll
from payroll import DIGEST_VERSIONS, Payroll, Policy, RefusedInput, UnknownFigure, WorkerMonth
from rukang.base.clock import in_shanghai
from rukang.pay.store.records import PayRun
from rukang.pay.store.stored import frozen_inputs, inputs_of, month_of


def is_reproduced(run: PayRun, policy: Policy) -> bool:
    """Return whether a run, computed anew from its frozen inputs, is the same to the bit.

    It is not if the rule base has been changed for the days before ``known_on``: published
    figures are corrected by later ones, never overwritten; nor if its payslips say other amounts
    than its inputs give.

    Raises
    ------
    payroll.UnknownFigure, payroll.RefusedInput
        If the month cannot be computed at all by the figures on file.
    """
    if run.digest is None:
        return False
    found = reproduced(run, frozen_inputs(run), policy)
    if found is None and run.nameless and run.digest_version is None:
        # An older version may have made the digest with the names that stand in the person.
        found = reproduced(run, [worker for _, worker in inputs_of(run)], policy)
    return found is not None and _pays_the_same(run, found[1])


def reproduced(
    run: PayRun, workers: Sequence[WorkerMonth], policy: Policy
) -> tuple[int, Payroll] | None:
    """Return the version of a run's digest with the month computed anew; none if it is not so.

    Raises
    ------
    payroll.UnknownFigure, payroll.RefusedInput
        If the month cannot be computed at all by the figures on file.
    """
    versions = DIGEST_VERSIONS if run.digest_version is None else (run.digest_version,)
    refusal: RefusedInput | UnknownFigure | None = None
    for known in _known(run, policy):
        try:
            computed = payroll.compute(month_of(run), workers, known)
        except (RefusedInput, UnknownFigure) as error:
            refusal = error
            continue
        for version in versions:
            if computed.digest(version) == run.digest:
                return version, computed
    if refusal is not None:
        raise refusal
    return None


def _known(run: PayRun, policy: Policy) -> Iterator[Policy]:
    """Yield the figures by which a run was computed.

    Before the day of knowledge was kept (migration 0003), all figures on file counted: those of
    the day it was asked for, and any that was on file ahead of the day it is known from.
    """
    day: date | None = run.known_on
    yield policy.as_known_on(day or in_shanghai(run.requested_at).date())
    if day is None:
        yield policy


def _pays_the_same(run: PayRun, computed: Payroll) -> bool:
    """Return whether the stored payslips have the computed lines, in fen, and their sums."""
    if len(run.payslips) != len(computed):
        return False
    for person, stored in enumerate(run.payslips):
        slip, kept = computed.payslip(person), payroll.from_plain(stored.slip)
        amounts = [(line.code, line.amount_fen) for line in slip.lines]
        if amounts != [(line.code, line.amount_fen) for line in kept.lines]:
            return False
        sums = (slip.gross_fen, slip.net_fen, slip.employer_total_fen)
        if sums != (stored.gross_fen, stored.net_fen, stored.employer_cost_fen):
            return False
    return True
