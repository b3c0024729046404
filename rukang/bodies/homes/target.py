"""A home as what acts are done to."""

from rukang.base.words import Text
from rukang.bodies.homes.service import find_home
from rukang.forms import Target

HOME = Target(
    name="home",
    words=Text(zh="机构", en="home"),
    collection="homes",
    find=find_home,
    key="code",
    line=lambda home: Text(zh=f"{home.code} {home.name}", en=home.code),
)
"""A home, by its code."""
