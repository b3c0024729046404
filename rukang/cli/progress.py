"""Progress of long work on the console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from rostering import Progress as Solving


@contextmanager
def solving(console: Console, limit: float) -> Iterator[Callable[[Solving], None]]:
    """Show a solve: time against its limit, best cost, bound and gap so far."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[best]}"),
    )
    with Progress(*columns, console=console, transient=False) as bar:
        task = bar.add_task("求解 solving", total=limit, best="")

        def report(state: Solving) -> None:
            bar.update(task, completed=state.seconds, best=_best(state))

        yield report
        bar.update(task, completed=limit)


def _best(state: Solving) -> str:
    if state.cost is None:
        return "尚无班表 no roster yet"
    return (
        f"代价 cost {state.cost:g}  下界 bound {state.bound:g}"
        if state.bound
        else f"{state.cost:g}"
    )
