"""Pictures of a roster: the grid, cover against demand, and the load of each person.

SVG keeps text as text; PNG needs a font with the Chinese glyphs. Needs matplotlib, which
``pip install rukang[pictures]`` brings; ``import rostering`` does without.
"""

from importlib.util import find_spec

if find_spec("matplotlib") is None:
    raise ImportError(
        "图片需要 matplotlib：pip install rukang[pictures] / pictures need matplotlib: "
        "pip install rukang[pictures]"
    )

from rostering.pictures.cover import cover
from rostering.pictures.fonts import FontError, find_font
from rostering.pictures.grid import grid
from rostering.pictures.load import load
from rostering.pictures.picture import Picture

__all__ = ["FontError", "Picture", "cover", "find_font", "grid", "load"]
