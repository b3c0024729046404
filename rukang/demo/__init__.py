"""An invented city: forty homes, ten inspectors, two years of inspections; nobody here exists."""

from rukang.demo.city import CITY, OFFICER, City
from rukang.demo.enact import enact
from rukang.demo.invent import invent

__all__ = ["CITY", "OFFICER", "City", "enact", "invent"]
