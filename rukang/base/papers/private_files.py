"""Documents of people on disk: whole or not there, and for their owner's eyes only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

OWNER_ONLY = 0o600
OWNERS_FOLDER = 0o700


@contextmanager
def private_files(folder: Path) -> Iterator[Path]:
    """Yield a folder to write into; its files move to ``folder`` once all of them are written.

    Files in folders of the one yielded move to folders of the same name, made for their owner only.

    The folder yielded lies within ``folder``, so that each move is one step of the file system: a
    process killed while it writes leaves the older files as they were, and no half file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".writing-", dir=folder) as draft:
        yield Path(draft)
        for path in sorted(path for path in Path(draft).rglob("*") if path.is_file()):
            path.chmod(OWNER_ONLY)
            target = folder / path.relative_to(draft)
            for within in reversed(target.relative_to(folder).parents[:-1]):
                (folder / within).mkdir(mode=OWNERS_FOLDER, exist_ok=True)
            path.replace(target)
