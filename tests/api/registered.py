"""Three homes in the county 博兴 with stars on the register, for the tests of its faces."""

from __future__ import annotations

from datetime import date

from rukang.stars.register import correct, lower
from tests.api.house import House
from tests.factories import a_home
from tests.rukang.stars.register.stars import a_star

COUNTY = "371625"
ON = date(2026, 9, 1)
LOWERED_ON = date(2026, 10, 1)
KEPT, CORRECTED, LOWERED = CODES = ("BX001", "BX002", "BX003")


def register_three(house: House) -> None:
    """Enter 3 stars that are kept, 3 that are corrected to 2, and 2 that are lowered to 1."""
    with house.database.session() as session:
        for code, star in zip(CODES, (3, 3, 2), strict=True):
            home = a_home(session, code, COUNTY, name=f"=示例{code}", services=["社区康复"])
            event = a_star(session, home, star, ON)
            if code == CORRECTED:
                correct(session, event, 2, "登记时抄错")
            if code == LOWERED:
                lower(session, home, 1, LOWERED_ON, "整改逾期未完成")
