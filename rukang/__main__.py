"""``python -m rukang`` is the command ``rukang``."""

from rukang.cli.common import in_words
from rukang.cli import app


def main() -> None:
    """Run the command line; expected errors are shown in words."""
    in_words(app)


if __name__ == "__main__":
    main()
