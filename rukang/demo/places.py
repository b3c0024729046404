"""Where the invented homes stand: the seven counties of Binzhou.

Division codes are those of GB/T 2260. Latitude and longitude (degrees) are rough middles of each
county; the homes around them, their names and addresses are invented.
"""

from __future__ import annotations

from dataclasses import dataclass

CITY = "371600"


@dataclass(frozen=True)
class County:
    """A county; ``prefix`` begins the codes of its homes."""

    code: str
    name: str
    prefix: str
    latitude: float
    longitude: float


COUNTIES = (
    County("371602", "滨城区", "BC", 37.43, 118.02),
    County("371603", "沾化区", "ZH", 37.70, 118.10),
    County("371621", "惠民县", "HM", 37.49, 117.51),
    County("371622", "阳信县", "YX", 37.64, 117.58),
    County("371623", "无棣县", "WD", 37.77, 117.62),
    County("371625", "博兴县", "BX", 37.15, 118.11),
    County("371681", "邹平市", "ZP", 36.87, 117.74),
)

SERVICES = (
    "日间照料",
    "辅助性就业",
    "社区康复",
    "助残业务受理",
    "文体活动",
    "心理辅导",
    "技能培训",
)
