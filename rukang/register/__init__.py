"""The public register of stars: which home holds which star, since when, until when, and why."""

from rukang.register.events import correct, grant, lower, remove
from rukang.register.records import EventKind, StarEvent
from rukang.register.search import Entry, Filter, history, search
from rukang.register.summary import Summary, summary

__all__ = [
    "Entry",
    "EventKind",
    "Filter",
    "StarEvent",
    "Summary",
    "correct",
    "grant",
    "history",
    "lower",
    "remove",
    "search",
    "summary",
]
