"""On what a figure was measured."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("rukang", "highspy", "pulp", "numpy", "numba", "ortools", "openfisca-core")


@dataclass(frozen=True)
class Machine:
    """A machine and what runs on it.

    Parameters
    ----------
    cores
        Those that this process may use.
    versions
        Packages that matter for speed, those installed.
    """

    cpu: str
    cores: int
    python: str
    system: str
    versions: str

    @classmethod
    def this(cls) -> Machine:
        """Return the machine on which this runs."""
        return cls(_cpu(), cores(), platform.python_version(), platform.system(), _versions())


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def peak_megabytes() -> float | None:
    """Return the most memory that this process has held; None where the system does not tell.

    Linux' own mark is read first: what ``getrusage`` tells there includes the process that
    started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        if "VmHWM" in lines:
            return int(lines["VmHWM"].split()[0]) / 1024
    return _usage()


def _usage() -> float | None:
    try:
        import resource
    except ImportError:  # Windows
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if platform.system() == "Darwin" else 1024)


def _cpu() -> str:
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _versions() -> str:
    found = ((name, _version(name)) for name in PACKAGES)
    return " ".join(f"{name}={number}" for name, number in found if number)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
