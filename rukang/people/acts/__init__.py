"""What is done to persons' files, declared once for API, pages and commands."""

from rukang.people.acts.duplicates import APART, MERGE, MERGED, OF_DUPLICATES, UNDO
from rukang.people.acts.files import CONSENT, FILE, GUARDIAN, OF_FILES, TAKE_CHARGE, parts_of

__all__ = [
    "APART",
    "CONSENT",
    "FILE",
    "GUARDIAN",
    "MERGE",
    "MERGED",
    "OF_DUPLICATES",
    "OF_FILES",
    "TAKE_CHARGE",
    "UNDO",
    "parts_of",
]
