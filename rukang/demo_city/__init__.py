"""An invented city: forty homes, ten inspectors, two years of inspections; nobody here exists."""

from rukang.demo_city.city import OFFICER, City
from rukang.demo_city.enact import enact
from rukang.demo_city.invent import invent
from rukang.demo_city.places import CITY

__all__ = ["CITY", "OFFICER", "City", "enact", "invent"]
