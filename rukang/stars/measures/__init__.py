"""How each measure is read from the records of a home, over a window of months."""

from rukang.stars.measures.readers import READERS
from rukang.stars.measures.window import Records, Window

__all__ = ["READERS", "Records", "Window"]
