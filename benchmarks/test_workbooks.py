"""How long a workbook takes to read, and what a stray cell at the end of a sheet adds to it."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.endurance.readers import forget_peaks, peak_megabytes
from rostering.sheets.process.guard import read_cells

pytestmark = pytest.mark.benchmark(group="workbooks")

BOOK = Path(__file__).parents[1] / "examples" / "demo-home" / "07-质量记录.xlsx"


@pytest.fixture(params=["", "A1048576", "XFD30", "AZ1048576"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a workbook with one more cell, far from the others; or as it is."""
    content = BytesIO(BOOK.read_bytes())
    if request.param:
        whole = load_workbook(content)
        whole.worksheets[1][request.param] = 1
        whole.save(content)
    path = tmp_path / "07.xlsx"
    path.write_bytes(content.getvalue())
    return path


def test_read(benchmark: BenchmarkFixture, book: Path) -> None:
    """Read all filled cells, in a process that stands ready; its peak memory is told beside."""
    read_cells(book)
    forget_peaks()
    assert "sheets" in benchmark(read_cells, book)
    benchmark.extra_info["peak MB of the process"] = peak_megabytes()
