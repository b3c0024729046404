"""A wage clerk's month: commands, files and folders for 3 homes, 430 workers and 20 employers.

An invented office is made in a folder of its own; then its clerk works on October with the
product's own commands, from the workbooks of attendance to the bank's answers, and a second person
approves. What is counted is the work of the office: how many commands it takes, and whether every
employer has a folder with its five files::

    python -m benchmarks.clerk_month
    python -m benchmarks.clerk_month --homes 1 --workers 12 --employers 3   # a small one

The exit code is 1 if a command fails, more than twelve are needed, or a folder or file is missing.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from contextlib import chdir
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from openpyxl import load_workbook

from rukang.__main__ import main as rukang
from rukang.base.access import Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.papers import Sheet, write_workbook
from rukang.base.settings import Settings
from rukang.care.attendance import Presence
from rukang.doors.upkeep import init
from tests.bank import answered
from tests.demo import LOCAL_POLICY
from tests.factories import (
    a_home,
    a_resident,
    a_tax_year,
    an_employer,
    an_employment,
)

MONTH = date(2026, 10, 1)
MADE_AT = datetime(2026, 11, 2, tzinfo=UTC)
MOST_COMMANDS = 12
FILES = (
    "bank-list.xlsx",
    "income-tax-import.xlsx",
    "insurance.xlsx",
    "invoice.xlsx",
    "statement.xlsx",
)
REGION = "371600"
CLERK, MANAGER = "clerk@example.org", "manager@example.org"


@dataclass
class Month:
    """What the month took: the commands given, their seconds, and what was written."""

    commands: list[str] = field(default_factory=list)
    seconds: float = 0.0
    folders: int = 0
    files: int = 0
    faults: list[str] = field(default_factory=list)

    def give(self, *words: str | Path) -> None:
        """Give a command as the clerk does, and note it."""
        line = [str(word) for word in words]
        self.commands.append(" ".join(line[:2]))
        began = perf_counter()
        sys.argv = ["rukang", *line]
        try:
            rukang()
        except SystemExit as ended:
            if ended.code:
                self.faults.append(f"{' '.join(line)}: {ended.code}")
        self.seconds += perf_counter() - began


def office(
    data: Path, homes: int, workers: int, employers: int
) -> dict[str, list[tuple[str, str]]]:
    """Make an installation with its homes, people and employers; return the people by home."""
    database = init(Settings(data, f"sqlite:///{data / 'rukang.sqlite'}"))
    people: dict[str, list[tuple[str, str]]] = {}
    with database.session() as session:
        for address, role in ((CLERK, Role.CLERK), (MANAGER, Role.MANAGER)):
            grant = Grant(role, region=REGION)
            create_account(session, address, "示例人", "four words in a row", [grant])
        payers = [an_employer(session, f"示例用工单位{n:02}有限公司") for n in range(employers)]
        places = [a_home(session, f"ZP{n + 1:03}", capacity=workers) for n in range(homes)]
        for number in range(workers):
            home, payer = places[number % homes], payers[number // homes % employers]
            code = f"R{number // homes + 1:03}"
            resident = a_resident(session, home, code)
            a_tax_year(session, an_employment(session, resident, payer))
            people.setdefault(home.code, []).append((code, resident.person.name))
    database.close()
    return people


def attendance(folder: Path, people: dict[str, list[tuple[str, str]]]) -> None:
    """Write every home's workbook 05 of a month in which everybody came."""
    days = days_of_month(MONTH)
    marks = [
        Presence.PRESENT.value if Calendar().kind_of(day).works else Presence.REST.value
        for day in days
    ]
    for code, own in people.items():
        sheets = [
            Sheet("填报信息", ["机构编号", "月份"], [(code, f"{MONTH:%Y-%m}")]),
            Sheet(
                "考勤",
                ["人员编号", "姓名", *(str(day.day) for day in days)],
                [(*who, *marks) for who in own],
            ),
            Sheet("计件", ["人员编号", "姓名", "产品", "合格数量", "单价（元/件）"], []),
        ]
        write_workbook(folder / f"05-{code}.xlsx", sheets, MADE_AT)


def work(people: dict[str, list[tuple[str, str]]], employers: int) -> Month:
    """Lead the month from attendance to declared, and count."""
    month, of = Month(), ("--month", f"{MONTH:%Y-%m}")
    homes = [word for code in people for word in ("--home", code)]
    month.give("import", "attendance")
    month.give("payroll", "run", *homes, *of, "--out", "payroll")
    month.give("payroll", "step", *homes, *of, "--to", "approved", "--by", MANAGER)
    month.give("payroll", "step", *homes, *of, "--to", "locked")
    month.give("payroll", "files", *of, "--out", "by-employer", "--send")
    answers = [_answered(path) for path in sorted(Path("by-employer").glob("*/bank-list.xlsx"))]
    month.give("payroll", "answer", *answers, *of)
    for state in ("paid", "reconciled", "declared"):
        month.give("payroll", "step", *homes, *of, "--to", state)
    _count(month, employers)
    return month


def _answered(path: Path) -> Path:
    """Let the bank answer a list: everything is paid."""
    rows = load_workbook(path)["代发清单"].max_row - 1
    return answered(path, [("成功", "")] * rows).rename(path.with_name("answer-of-bank.xlsx"))


def _count(month: Month, employers: int) -> None:
    folders = sorted(path for path in Path("by-employer").iterdir() if path.is_dir())
    month.folders = len(folders)
    for folder in folders:
        found = [name for name in FILES if (folder / name).is_file()]
        month.files += len(found)
        if len(found) != len(FILES):
            month.faults.append(f"{folder.name}: {len(found)} files")
    if month.folders != employers:
        month.faults.append(f"{month.folders} folders for {employers} employers")
    if len(month.commands) > MOST_COMMANDS:
        month.faults.append(f"{len(month.commands)} commands")


def clerk_month(homes: int, workers: int, employers: int) -> Month:
    """Make an office in a folder of its own, work on its month, and return what it took."""
    with TemporaryDirectory() as place, chdir(place):
        os.environ["RUKANG_DATA"], os.environ["RUKANG_ACCOUNT"] = "data", CLERK
        data = Path("data")
        data.mkdir()
        people = office(data.resolve(), homes, workers, employers)
        (data / "local-policy.yaml").write_bytes(LOCAL_POLICY.read_bytes())
        Path("attendance").mkdir()
        attendance(Path("attendance"), people)
        return work(people, employers)


def main() -> int:
    """Run the month that the options ask for, and say what it took."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--homes", type=int, default=3)
    parser.add_argument("--workers", type=int, default=430)
    parser.add_argument("--employers", type=int, default=20)
    asked = parser.parse_args()
    month = clerk_month(asked.homes, asked.workers, asked.employers)
    print(f"{asked.homes} homes, {asked.workers} workers, {asked.employers} employers:")
    print(f"  {len(month.commands)} commands in {month.seconds:.0f} s: {', '.join(month.commands)}")
    print(f"  {month.folders} folders of employers, {month.files} files in them")
    for fault in month.faults:
        print(f"  FAULT {fault}")
    return 1 if month.faults else 0


if __name__ == "__main__":
    sys.exit(main())
