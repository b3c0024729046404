"""What must not be: broken rules, costs that do not recount, bounds above the best known."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.harness.row import OWN
from benchmarks.harness.run import FAILED, Run
from benchmarks.peers import PEERS
from rostering import Status


def faults(run: Run, best: int | None) -> list[str]:
    """Return every fault of a run as a sentence."""
    who = f"{run.task.name} ({run.task.engine or OWN}, seed {run.task.seed})"
    return [f"{who}: {fault}" for fault in (*_of_roster(run), *_against(run, best))]


def _of_roster(run: Run) -> Iterator[str]:
    if run.status == FAILED:
        yield run.error
    if run.broken:
        yield f"the roster breaks hard rules in {run.broken} places"
    if not _recounts(run):
        yield f"the recount gives {run.cost}, the engine says {run.said}"
    if run.planted is not None and run.status == Status.INFEASIBLE:
        yield "a roster is planted, but the engine says that there is none"
    if None not in (run.planted, run.bound) and (run.bound or 0) > (run.planted or 0):
        yield f"the bound {run.bound} exceeds the planted roster's cost {run.planted}"


def _recounts(run: Run) -> bool:
    """Return whether the recount agrees; peers may say more, since their slacks may be loose."""
    if run.cost is None or run.said is None:
        return True
    return run.cost <= run.said if run.task.engine in PEERS else run.cost == run.said


def _against(run: Run, best: int | None) -> Iterator[str]:
    if best is None:
        return
    if run.status == Status.OPTIMAL and run.cost != best:
        yield f"proven optimum {run.cost}, best known {best}"
    if run.bound is not None and run.bound > best:
        yield f"bound {run.bound} exceeds the best known {best}"
