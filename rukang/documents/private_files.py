"""Documents of people on disk: whole or not there, and for their owner's eyes only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

OWNER_ONLY = 0o600


@contextmanager
def private_files(folder: Path) -> Iterator[Path]:
    """Yield a folder to write into; its files move to ``folder`` once all of them are written.

    The folder yielded lies within ``folder``, so that each move is one step of the file system: a
    process killed while it writes leaves the older files as they were, and no half file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".writing-", dir=folder) as draft:
        yield Path(draft)
        for path in sorted(Path(draft).iterdir()):
            path.chmod(OWNER_ONLY)
            path.replace(folder / path.name)
