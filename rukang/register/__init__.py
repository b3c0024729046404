"""The public register of stars: which home holds which star, since when, until when, and why."""

from rukang.register.events import correct, grant, last_day, lower, remove
from rukang.register.history import Told, find_registered, history
from rukang.register.places import places, require_place, within
from rukang.register.records import LONGEST_WORDS, MOST_STARS, EventKind, StarEvent
from rukang.register.search import Entry, Filter, search, services
from rukang.register.summary import Summary, summary

__all__ = [
    "LONGEST_WORDS",
    "MOST_STARS",
    "Entry",
    "EventKind",
    "Filter",
    "StarEvent",
    "Summary",
    "Told",
    "correct",
    "find_registered",
    "grant",
    "history",
    "last_day",
    "lower",
    "places",
    "remove",
    "require_place",
    "search",
    "services",
    "summary",
    "within",
]
