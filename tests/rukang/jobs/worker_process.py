"""A real worker in a process of its own: ``python -m tests.rukang.jobs.worker_process FOLDER URL``.

It works until it is killed.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from rukang.jobs import start_worker
from rukang.settings import Settings
from tests.rukang.jobs.handlers import handlers

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    with start_worker(Settings(folder, sys.argv[2]), handlers(folder), beat_seconds=0.2):
        threading.Event().wait()
