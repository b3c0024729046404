"""``python -m rukang`` is the command ``rukang``."""

from rukang.cli import app

app()
