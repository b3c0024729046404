"""What a client uploads is read only as long as the client waits."""

from __future__ import annotations

from http.client import HTTPConnection
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from rostering.sheets.process import guard
from tests.api.house import House
from tests.api.test_browser import address
from tests.patience import HANG, wait_for

__all__ = ["address"]

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)

FORM = (
    '--x\r\nContent-Disposition: form-data; name="account"\r\n\r\n{account_id}\r\n'
    '--x\r\nContent-Disposition: form-data; name="sheet"\r\n\r\n{sheet_id}\r\n'
    '--x\r\nContent-Disposition: form-data; name="workbook"; filename="a.xlsx"\r\n\r\n'
    "PK\r\n--x--\r\n"
)


def test_reading_ends_when_the_client_is_gone(
    house: House, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that reads a file without end is killed once nobody waits for it."""
    endless, started = tmp_path / "endless.py", tmp_path / "started"
    endless.write_text(f"import time\nopen({str(started)!r}, 'w').close()\ntime.sleep(3600)\n")
    answers: Queue[tuple[dict[str, Any], int | None]] = Queue()

    class Watched(guard.Reader):
        def ask(self, *about: Any) -> dict[str, Any]:
            answer = super().ask(*about)
            answers.put((answer, self._process.returncode))
            return answer

    guard._end_all()
    monkeypatch.setattr(guard, "PROGRAM", endless)
    monkeypatch.setattr(guard, "Reader", Watched)
    client = HTTPConnection(address.removeprefix("http://"))
    headers = {
        "Authorization": f"Bearer {house.token('administrator')}",
        "Content-Type": "multipart/form-data; boundary=x",
    }
    form = FORM.format(**house.ids)
    path = f"/inspections/{house.ids['inspection_id']}/sheet/workbook"
    client.request("POST", path, form.encode(), headers)
    wait_for(started.exists)
    client.close()
    answer, code = answers.get(timeout=HANG)
    assert answer == {"refused": "gone"}
    assert code is not None
