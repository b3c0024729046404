"""Numbers as people write them, and as what they are read: for the page and the server alike."""

from __future__ import annotations

WRITTEN: dict[str, str | None] = {
    "1260": "1260", "1,260": "1260", "１，２６０": "1260", "1 260": "1260",
    "12,345,678.5": "12345678.5", "１２．５": "12.5", " 007 ": "7", "1.260": "1.26", "0": "0",
    "12,5": None, "1.260,5": None, "1,26": None, "0,260": None, "1,2600": None, "1.2.3": None,
    "1e3": None, "-5": None, "85%": None, "十二": None, "1234567890123": None,
}  # fmt: skip
SHARES: dict[str, str | None] = {
    "85": "0.85", "85%": "0.85", "８５．５％": "0.855", "0.1": "0.001", "100": "1", "8,5": None,
}  # fmt: skip
