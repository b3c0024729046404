"""The payslip in easy words: large type, short sentences, a picture beside each.

For a worker with an intellectual disability, to read alone or with somebody. What it leaves out
stands on the full payslip; no amount here differs from there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from payroll import WorkerMonth, yuan
from rukang.base.papers import Document
from rukang.base.papers.pdf import FAMILY
from rukang.pay.documents.month import Paid, PaidMonth, example_note
from rukang.pay.store.records import PayRun
from rukang.pay.store.stored import inputs_of

PICTURE = 28.0
"""Side of a picture, in millimetres."""

ROW, CLOSING = 34.0, 16.0
"""Height of a row where there is room, and of the lines below the last one."""

INK, SOFT, WARM, COOL = (30, 30, 30), (95, 95, 95), (250, 226, 158), (206, 230, 223)

Draw = Callable[[Document, float, float], None]
"""Draws a picture with its left upper corner at a place."""


ADVANCED = ("单位先替你交的，以后要还", "Your employer paid this for you, to be given back")


@dataclass(frozen=True)
class Saying:
    """One thing to know: a picture, a short sentence, what of it is large, and the English."""

    draw: Draw
    zh: str
    figure: str
    en: str


def write_easy_read(run: PayRun, month: PaidMonth, path: Path, dead: Collection[int] = ()) -> Path:
    """Write one page a person and return the path; none of the dead, whose heirs get the full."""
    workers = {record.id: worker for record, worker in inputs_of(run)}
    title = f"{month.title} 易读工资条 Easy-read payslips"
    paper = Document(title, month.made_at, example_note(month))
    for paid in month.people:
        if paid.record.employment.resident.person_id in dead:
            continue
        paper.add_page()
        _page(paper, month.month, paid, workers[paid.record.id])
    return paper.write_to(path)


def _page(paper: Document, month: date, paid: Paid, worker: WorkerMonth) -> None:
    paper.set_text_color(*INK)
    paper.set_font(FAMILY, "B", 30)
    paper.cell(0, 16, f"{paid.slip.name}", new_x="LMARGIN", new_y="NEXT")
    paper.set_font(FAMILY, size=20)
    paper.cell(0, 12, f"{month.year} 年 {month.month} 月的工资", new_x="LMARGIN", new_y="NEXT")
    paper.set_font(FAMILY, size=11)
    paper.set_text_color(*SOFT)
    paper.cell(0, 7, f"Your wage for {month:%B %Y}", new_x="LMARGIN", new_y="NEXT")
    paper.ln(4)
    sayings = list(_sayings(paid, worker))
    room = paper.h - paper.b_margin - paper.get_y() - CLOSING
    height = min(ROW, max(PICTURE, room / len(sayings)))
    for saying in sayings:
        _row(paper, saying, height)
    paper.set_text_color(*INK)
    paper.set_font(FAMILY, size=16)
    paper.multi_cell(0, 9, "不明白？请问工资专员，或请家人一起看。", new_x="LMARGIN", new_y="NEXT")
    paper.set_font(FAMILY, size=11)
    paper.set_text_color(*SOFT)
    paper.cell(0, 6, "Questions? Ask the payroll clerk, or read it with your family.")
    paper.set_text_color(*INK)


def _sayings(paid: Paid, worker: WorkerMonth) -> Iterable[Saying]:
    record = paid.record
    yield Saying(_coin, "发到你卡上的钱", f"{yuan(record.net_fen):,} 元", "Money to your account")
    if any(spell.hours for spell in worker.spells):
        hours = sum((spell.hours for spell in worker.spells), Decimal(0))
        yield Saying(_calendar, "你上班的小时", f"{hours.normalize():f} 小时", "Hours you worked")
    elif worker.contract and not _has_left(paid, worker):
        days = sum((spell.paid_days for spell in worker.spells), Decimal(0))
        yield Saying(_calendar, "算工资的天数", f"{days.normalize():f} 天", "Days that were paid")
    if worker.pieces:
        made = sum((piece.quantity for piece in worker.pieces), Decimal(0))
        yield Saying(_boxes, "你做的东西", f"{made.normalize():f} 件", "Things you made")
    earlier = paid.slip.amount_fen("arrears")
    if earlier:
        zh, en = (
            ("补发以前的钱", "Money for earlier months")
            if earlier > 0
            else ("以前多发的，这次收回", "Paid too much before, taken back now")
        )
        yield Saying(_coins, zh, f"{yuan(abs(earlier)):,} 元", en)
    yield Saying(_coins, "一共挣了", f"{yuan(record.gross_fen):,} 元", "What you earned in all")
    if record.employee_shares_fen:
        amount = f"{yuan(record.employee_shares_fen):,} 元"
        yield Saying(_umbrella, "交了保险，看病养老用", amount, "For insurance: illness, old age")
    back = min(record.deductions_fen, 0)  # more of earlier deductions than is taken off now
    for fen, draw, zh, en in (
        (record.tax_fen, _house, "交了税", "Tax"),
        (record.deductions_fen - back, _minus, "扣的钱", "Taken off"),
        (-back, _coins, "以前多扣的，这次还你", "Taken off too much before, given back"),
        (record.advance_fen, _umbrella, *ADVANCED),
    ):
        if fen:
            yield Saying(draw, zh, f"{yuan(fen):,} 元", en)
    work = record.employment
    yield Saying(_card, "你的卡", f"{work.bank} {work.account.masked[-4:]}", "Your account ends in")


def _has_left(paid: Paid, worker: WorkerMonth) -> bool:
    return worker.left is not None and worker.left < paid.slip.month.first


def _row(paper: Document, saying: Saying, height: float) -> None:
    left, top = paper.l_margin, paper.get_y()
    saying.draw(paper, left, top)
    paper.set_text_color(*INK)
    paper.set_xy(left + PICTURE + 8, top + 2)
    paper.set_font(FAMILY, size=18)
    paper.cell(0, 9, saying.zh)
    paper.set_xy(left + PICTURE + 8, top + 10)
    paper.set_font(FAMILY, "B", 26)
    paper.cell(0, 13, saying.figure)
    paper.set_xy(left + PICTURE + 8, top + 22)
    paper.set_font(FAMILY, size=10)
    paper.set_text_color(*SOFT)
    paper.cell(0, 5, saying.en)
    paper.set_xy(left, top + height)


def _coin(paper: Document, left: float, top: float) -> None:
    _disc(paper, left + 2, top + 1, 24)
    _sign(paper, left, top + 7, "元", 30)


def _coins(paper: Document, left: float, top: float) -> None:
    for step in range(3):
        _disc(paper, left + 2 + 3 * step, top + 12 - 5 * step, 15)
    _sign(paper, left + 1.5, top + 3.5, "元", 16)


def _calendar(paper: Document, left: float, top: float) -> None:
    paper.set_fill_color(*COOL)
    paper.rect(left + 2, top + 3, 24, 23, style="DF")
    paper.set_fill_color(*INK)
    paper.rect(left + 2, top + 3, 24, 5, style="F")
    for row in range(3):
        for column in range(5):
            paper.rect(left + 4 + 4.3 * column, top + 10.5 + 5 * row, 2.6, 2.6, style="F")


def _boxes(paper: Document, left: float, top: float) -> None:
    paper.set_fill_color(*WARM)
    for x, y in ((2, 15), (14, 15), (8, 4)):
        paper.rect(left + x, top + y, 11, 10, style="DF")
        paper.line(left + x + 5.5, top + y, left + x + 5.5, top + y + 4)


def _umbrella(paper: Document, left: float, top: float) -> None:
    paper.set_fill_color(*COOL)
    edge = ((2, 14), (7, 6), (14, 3), (21, 6), (26, 14))
    paper.polygon([(left + x, top + y) for x, y in edge], style="DF")
    paper.set_line_width(0.9)
    paper.line(left + 14, top + 14, left + 14, top + 25)
    paper.line(left + 14, top + 25, left + 18, top + 25)
    paper.set_line_width(0.15)


def _house(paper: Document, left: float, top: float) -> None:
    paper.set_fill_color(*WARM)
    paper.polygon([(left + 2, top + 12), (left + 14, top + 2), (left + 26, top + 12)], style="DF")
    paper.rect(left + 5, top + 12, 18, 13, style="DF")
    paper.set_fill_color(255, 255, 255)
    paper.rect(left + 11.5, top + 17, 5, 8, style="DF")


def _minus(paper: Document, left: float, top: float) -> None:
    _disc(paper, left + 2, top + 1, 24)
    paper.set_fill_color(*INK)
    paper.rect(left + 8, top + 11.5, 12, 3, style="F")


def _card(paper: Document, left: float, top: float) -> None:
    paper.set_fill_color(*COOL)
    paper.rect(left + 1, top + 5, 26, 17, style="DF", round_corners=True, corner_radius=2)
    paper.set_fill_color(*INK)
    paper.rect(left + 1, top + 9, 26, 3.5, style="F")


def _disc(paper: Document, left: float, top: float, size: float) -> None:
    paper.set_fill_color(*WARM)
    paper.ellipse(left, top, size, size, style="DF")


def _sign(paper: Document, left: float, top: float, text: str, size: int) -> None:
    paper.set_text_color(*INK)
    paper.set_font(FAMILY, "B", size)
    paper.set_xy(left, top)
    paper.cell(PICTURE, 12, text, align="CENTER")
