"""A rating as one printable HTML page, Chinese first with English beside it."""

from __future__ import annotations

from pathlib import Path

from rukang.base.definitions import Text
from rukang.base.papers.templating import environment
from rukang.engines.rating.improving.improve import Improvement
from rukang.engines.rating.sheets.sheet import State
from rukang.engines.rating.stars.rating import Rating

STATES = {
    State.MET: Text(zh="符合", en="met"),
    State.NOT_MET: Text(zh="不符合", en="not met"),
    State.NOT_APPLICABLE: Text(zh="不适用", en="not applicable"),
    State.NO_DATA: Text(zh="无数据", en="no data"),
}
SCORERS = {
    "measured": Text(zh="系统记录", en="records"),
    "inspector": Text(zh="评定员", en="inspector"),
    "self_report": Text(zh="自评", en="self-report"),
}

_PAGES = environment(Path(__file__).parent / "templates")


def report_html(rating: Rating, improvement: Improvement | None = None) -> str:
    """Return the report as a page of its own: star, label, path, criteria, what would raise it.

    Parameters
    ----------
    rating
        The result to show.
    improvement
        What would raise it, from `improve`; the part is left out where none is given.
    """
    return _PAGES.get_template("report.html").render(
        rating=rating,
        improvement=improvement,
        states=STATES,
        scorers=SCORERS,
        digest=rating.digest(),
    )


def write_report(rating: Rating, path: Path, improvement: Improvement | None = None) -> Path:
    """Write the report to `path` as UTF-8 and return the path."""
    path.write_text(report_html(rating, improvement), encoding="utf-8")
    return path
