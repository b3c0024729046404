"""Progress of long work on the console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from rostering import Progress as Solving


@contextmanager
def solving(console: Console, limit: float | None) -> Iterator[Callable[[Solving], None]]:
    """Show a solve: time against its limit, best cost and bound so far.

    Parameters
    ----------
    limit
        Seconds; None where work is counted instead, and nobody knows how long it takes.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[best]}"),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("求解 solving", total=limit, best="")

        def report(state: Solving) -> None:
            bar.update(task, completed=state.seconds, best=_best(state))

        yield report
        bar.update(task, total=limit or 1, completed=limit or 1)


@contextmanager
def steps(console: Console, title: str, total: int) -> Iterator[Callable[[], None]]:
    """Show work of so many steps; call what it yields after each."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=total)
        yield lambda: bar.advance(task)


@contextmanager
def passing(
    console: Console, title: str, first: date, last: date
) -> Iterator[Callable[[date], None]]:
    """Show how far the days from one to another have gone by; call what it yields with a day."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[day]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=(last - first).days, day=first)
        yield lambda day: bar.update(task, completed=(day - first).days, day=day)
        bar.update(task, completed=(last - first).days, day=last)


def _best(state: Solving) -> str:
    if state.cost is None:
        return "尚无班表 no roster yet"
    bound = "" if state.bound is None else f"  下界 bound {state.bound}"
    return f"代价 cost {state.cost}{bound}"
