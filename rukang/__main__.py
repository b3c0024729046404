"""``python -m rukang`` is the command ``rukang``."""

import sys

from rukang.base.extras import words_for


def main() -> None:
    """Run the command line; expected errors are shown in words, and so is what is not installed."""
    try:
        _run()
    except ModuleNotFoundError as missing:
        words = words_for(missing)
        if words is None:
            raise
        sys.exit(words)


def _run() -> None:
    # The engines can be installed without a command line.
    from rukang.doors.cli import app
    from rukang.doors.cli.entry import in_words

    in_words(app)


if __name__ == "__main__":
    main()
