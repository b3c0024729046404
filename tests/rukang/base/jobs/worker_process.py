"""A worker in its own process: ``python -m tests.rukang.base.jobs.worker_process FOLDER URL``.

It works until it is killed, or told to end: then it waits a second for what it has in hand.
"""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

from rukang.base.jobs import end_process, start_worker
from rukang.base.settings import Settings
from tests.rukang.base.jobs.handlers import handlers

if __name__ == "__main__":
    folder, stop = Path(sys.argv[1]), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    here = Settings(folder, sys.argv[2])
    with start_worker(here, handlers(folder), beat_seconds=0.2, closing_seconds=1):
        stop.wait()
    end_process()
