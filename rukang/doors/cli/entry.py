"""How the program is entered: quick to start, expected errors as words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def in_words(run: Callable[[], Any]) -> None:
    """Run the program; show an expected error as words and exit with 1, others as they are."""
    try:
        run()
    except Exception as error:
        # What may go wrong is known by rooms that only a command loads, or an error.
        from rukang.doors.cli.console.words import shown_in_words

        if not shown_in_words(error):
            raise
        sys.exit(1)
