"""Names of files made from what people are called."""

from __future__ import annotations

import re

LONGEST = 60


def safe_name(text: str) -> str:
    """Return a person's or thing's name as part of a file's: no folder, no device, no hidden file.

    >>> safe_name("../etc/passwd"), safe_name("王 甲@example.org")
    ('etc_passwd', '王_甲@example.org')
    """
    return re.sub(r"[^\w@.-]+", "_", text).strip("._-")[:LONGEST] or "_"
