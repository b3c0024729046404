"""The public register of stars: which home holds which star, since when, until when, and why."""

from rukang.stars.register.events import correct, grant, last_day, lower, remove
from rukang.stars.register.history import Told, find_registered, history
from rukang.stars.register.places import places, require_place, within
from rukang.stars.register.records import LONGEST_WORDS, MOST_STARS, EventKind, StarEvent
from rukang.stars.register.search import Entry, Filter, search, services
from rukang.stars.register.summary import Summary, summary

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
