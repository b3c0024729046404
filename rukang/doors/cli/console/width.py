"""Lines of the console that hold Chinese are wrapped without losing their last letter.

Rich (15.0) wraps by the width of letters on the screen, where a Chinese one takes two places, and
then strips the space a line ends with by their number. A line that is full to the last place keeps
that space, is found too long, and its last letter becomes an ellipsis.
"""

from __future__ import annotations

from rich.text import Text


def wrap_by_width() -> None:
    """Let Rich strip the end of a line by its width; once for the process."""
    Text.rstrip_end = _strip_end  # type: ignore[method-assign,assignment]


def _strip_end(text: Text, size: int) -> None:
    """Remove spaces that stand beyond a width in places on the screen."""
    spaces = len(text.plain) - len(text.plain.rstrip())
    if beyond := min(spaces, max(text.cell_len - size, 0)):
        text.right_crop(beyond)
