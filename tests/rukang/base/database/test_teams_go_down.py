"""Going below 0035, a team's shares become allowances of the same fen; going up loses nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, text

from rukang import migrations
from rukang.base.access import Database
from rukang.base.database.sealing.vault import Vault
from rukang.work.teams import MadeDuring, TeamMember, TeamWork
from tests import factories as make
from tests.conftest import NOW
from tests.databases import KINDS, fresh_url
from tests.factories import OCTOBER


@pytest.mark.parametrize("kind", KINDS)
def test_shares_become_allowances(kind: str, tmp_path: Path) -> None:
    """100 × 1.00 − 0.50 is 99.50 by 1 : 2, and 10 × 2.00 × 200 % is 40.00: 46.50 and 93.00.

    99.50 ÷ 3 = 33.17, the rest 66.33; 40.00 ÷ 3 = 13.33, the rest 26.67.
    """
    with fresh_url(kind, tmp_path) as url:
        vault = Vault([Fernet.generate_key().decode()])
        database = Database(url, vault, lambda: NOW)
        migrations.upgrade(database.engine)
        with database.session() as session:
            home = make.a_home(session)
            common = {"home_id": home.id, "month": OCTOBER, "team": "一组", "item": "纸盒"}
            session.add(
                TeamWork(
                    **common,
                    day=None,
                    made_during=MadeDuring.NORMAL,
                    quantity=100,
                    quality_deduction_fen=50,
                    rate=Decimal("1.00"),
                )
            )
            session.add(
                TeamWork(
                    **common,
                    day=date(2026, 10, 17),
                    made_during=MadeDuring.REST_DAY,
                    quantity=10,
                    quality_deduction_fen=0,
                    rate=Decimal("2.00"),
                )
            )
            del common["item"]
            for code, weight in (("R01", "7.5"), ("R02", "15")):
                who = make.a_resident(session, home, code)
                session.add(TeamMember(**common, resident_id=who.id, weight=Decimal(weight)))
        migrations.downgrade(database.engine, "0034")
        query = text("SELECT kind, name, amount_fen FROM pay_item ORDER BY resident_id")
        with database.engine.connect() as connection:
            rows = [tuple(row) for row in connection.execute(query)]
        assert rows == [("一般津贴", "集体计件", 4650), ("一般津贴", "集体计件", 9300)]
        migrations.upgrade(database.engine)
        migrations.check(database.engine)
        with database.session() as session:
            assert not session.scalars(select(TeamWork)).all()
        database.close()
