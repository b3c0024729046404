"""``python -m rukang`` is the command ``rukang``."""

from rukang.doors.cli import app
from rukang.doors.cli.entry import in_words


def main() -> None:
    """Run the command line; expected errors are shown in words."""
    in_words(app)


if __name__ == "__main__":
    main()
