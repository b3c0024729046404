"""The payslips on paper: a page a person, large figures first, every amount explained below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fpdf import FontFace

from payroll import ExplainedLine, Payslip, Resolved, yuan
from payroll.policy import Name
from rukang.base.clock import in_shanghai
from rukang.base.papers import Document
from rukang.base.papers.pdf import FAMILY, SHADE
from rukang.pay.documents.figures import doubtful, is_example, key
from rukang.pay.documents.month import Paid, PaidMonth, example_note, in_words
from rukang.pay.documents.notes import Note
from rukang.pay.store.records import PaymentState, PayslipRecord

NAME, AMOUNT, WORDS = 34.0, 20.0, 124.0
"""Widths of the columns of an explained line, in millimetres."""

BOX_HEIGHT = 15.0
NET = 52.0
"""Width of the box of net pay, the largest."""

LINE_HEIGHT = 13.0
"""Room for the tallest line, which must not be torn between two pages."""

BOTTOM = 16.0
"""Just clear of the footer."""

FIGURE_WIDTHS = (5.0, 45.0, 27.0, 23.0, 80.0)
FIGURE_HEADS = (
    "",
    "名称 Figure",
    "数值 Value",
    "地区 Place",
    "文件：效力 Document: standing",
)
FIGURE_HEIGHT = 6.2
"""Room for a figure of two lines."""

PAID_STATES = {
    PaymentState.SENT: "已送银行 sent",
    PaymentState.PAID: "已付 paid",
    PaymentState.FAILED: "未付成 failed",
}

GREY, PALE, INK = (85, 85, 85), (180, 180, 180), (0, 0, 0)


class _Payslips(Document):
    """A paper that says, on every further page of somebody's payslip, whose it is."""

    whose = ""

    def header(self) -> None:
        """Write the title and, on a page that goes on, the name."""
        super().header()
        if self.whose:
            self.set_font(FAMILY, "B", 9)
            self.cell(0, 5, f"{self.whose}（续 continued）", new_x="LMARGIN", new_y="NEXT")


def write_payslips(month: PaidMonth, notes: Sequence[Note], path: Path) -> Path:
    """Write one page per person (a second where the explanations need it) and return the path."""
    paper = _Payslips(f"{month.title}工资条 Payslips", month.made_at, example_note(month))
    paper.set_auto_page_break(True, margin=BOTTOM)
    for paid in month.people:
        paper.whose = ""
        paper.add_page()
        paper.whose = _who(paid)
        _head(paper, month, paid)
        _large_figures(paper, paid)
        _payments(paper, paid.record)
        _explained_lines(paper, paid.slip)
        _warnings(paper, [note.text for note in notes if note.paid is paid])
        _figures(paper, paid.slip)
    return paper.write_to(path)


def _who(paid: Paid) -> str:
    return f"{paid.slip.name}（{paid.slip.worker}）"


def _head(paper: Document, month: PaidMonth, paid: Paid) -> None:
    work = paid.record.employment
    paper.set_font(FAMILY, "B", 14)
    heading = f"{_who(paid)}　{month.month:%Y-%m} 工资条 Payslip"
    paper.cell(0, 7, heading, new_x="LMARGIN", new_y="NEXT")
    paper.ln(0.5)
    rows = (
        (
            "用工单位 Employer",
            paid.employer,
            "身份证号 ID",
            str(work.resident.person.citizen_id or "—"),
        ),
        (
            "用工形式 Terms",
            work.kind.value,
            "收款账号 Account",
            f"{work.bank} {work.account.masked}",
        ),
    )
    shaded = FontFace(fill_color=SHADE)
    paper.set_font(FAMILY, size=8.5)
    with paper.table(
        col_widths=(30, 60, 28, 62),
        first_row_as_headings=False,
        line_height=4.4,
        padding=(0.3, 1.2),
        text_align="LEFT",
    ) as table:
        for cells in rows:
            row = table.row()
            for at, text in enumerate(cells):
                row.cell(text, style=None if at % 2 else shaded)
    paper.ln(1.5)


def _large_figures(paper: Document, paid: Paid) -> None:
    record = paid.record
    shares = (
        ("应发 Gross", record.gross_fen),
        ("个人缴费 Own insurance", record.employee_shares_fen),
        ("个人所得税 Income tax", record.tax_fen),
        ("其他扣款 Deductions", record.deductions_fen),
        *([("单位垫付 Advance", record.advance_fen)] if record.advance_fen else []),
    )
    left, top = paper.l_margin, paper.get_y()
    narrow = (paper.epw - NET) / len(shares)
    for at, (caption, fen) in enumerate(shares):
        _box(paper, left + at * narrow, top, narrow, caption, fen)
    _box(paper, left + paper.epw - NET, top, NET, "实发 Net pay（元 yuan）", record.net_fen, True)
    paper.set_xy(paper.l_margin, top + BOX_HEIGHT + 1)


def _payments(paper: Document, record: PayslipRecord) -> None:
    """Say what of the net was paid before the month was over, of which days and when."""
    if not record.parts:
        return
    _title(paper, "分几次支付 Paid in parts")
    paper.set_font(FAMILY, size=8)
    rows = [
        f"{part.first} 至 {part.last}：{yuan(part.amount_fen):,}"
        f"（{PAID_STATES[part.state]} {in_shanghai(part.at):%Y-%m-%d}）"
        for part in record.parts
    ]
    rows.append(f"随月工资 with the month：{yuan(record.due_fen):,}")
    if record.overpaid_fen:
        rows.append(f"各期多付 paid too much：{yuan(record.overpaid_fen):,}")
    paper.multi_cell(0, 3.8, "　".join(rows), align="LEFT", new_x="LMARGIN", new_y="NEXT")


def _box(
    paper: Document,
    left: float,
    top: float,
    width: float,
    caption: str,
    fen: int,
    strong: bool = False,
) -> None:
    paper.set_line_width(0.5 if strong else 0.15)
    paper.rect(left, top, width, BOX_HEIGHT)
    paper.set_line_width(0.15)
    paper.set_xy(left, top + 0.8)
    paper.set_font(FAMILY, size=7.5)
    paper.cell(width, 4, caption, align="CENTER")
    paper.set_xy(left, top + 4.5)
    paper.set_font(FAMILY, "B", 20 if strong else 13)
    paper.cell(width, 10, f"{yuan(fen):,}", align="CENTER")


def _explained_lines(paper: Document, slip: Payslip) -> None:
    numbers = {key(figure): at for at, figure in enumerate(slip.unconfirmed, start=1)}
    _title(paper, "每项怎么算 How each amount came about（方括号是下表中的数值 [n]: figure below）")
    for line in slip.shown:
        cited = [f"[{numbers[key(f)]}]" for f in line.figures if key(f) in numbers]
        _explained_line(paper, line, "".join(dict.fromkeys(cited)))
    _nil_lines(paper, slip)
    _rule(paper)
    paper.ln(1.2)


def _nil_lines(paper: Document, slip: Payslip) -> None:
    """Write the lines of nil together: one by one they hide those that matter."""
    if not slip.folded:
        return
    if paper.will_page_break(LINE_HEIGHT):
        paper.add_page()
    top = paper.get_y()
    _rule(paper)
    paper.set_font(FAMILY, "B", 8)
    paper.set_xy(paper.l_margin, top + 0.4)
    paper.cell(NAME + 8, 3.4, "本月为零 Nil")
    paper.set_x(paper.l_margin + NAME)
    paper.cell(AMOUNT, 3.4, "0.00", align="RIGHT")
    _words(paper, top + 0.4, 8, 3.4, "、".join(line.name.zh for line in slip.folded))
    below = paper.get_y()
    paper.set_text_color(*GREY)
    _words(paper, below, 6.2, 2.6, ", ".join(line.name.en for line in slip.folded))
    paper.set_text_color(*INK)
    paper.set_xy(paper.l_margin, paper.get_y() + 0.3)


def _explained_line(paper: Document, line: ExplainedLine, cited: str) -> None:
    if paper.will_page_break(LINE_HEIGHT):
        paper.add_page()
    zh, en = in_words(line)
    top = paper.get_y()
    _rule(paper)
    paper.set_font(FAMILY, "B", 8)
    paper.set_xy(paper.l_margin, top + 0.4)
    paper.cell(NAME + 8, 3.4, line.name.zh)
    paper.set_x(paper.l_margin + NAME)
    paper.cell(AMOUNT, 3.4, f"{yuan(line.amount_fen):,}", align="RIGHT")
    _words(paper, top + 0.4, 8, 3.4, f"{zh} {cited}".strip())
    below = paper.get_y()
    paper.set_text_color(*GREY)
    paper.set_font(FAMILY, size=6.5)
    paper.set_xy(paper.l_margin, top + 3.8)
    paper.cell(NAME + AMOUNT, 2.6, line.name.en)
    _words(paper, below, 6.2, 2.6, en)
    paper.set_text_color(*INK)
    paper.set_xy(paper.l_margin, paper.get_y() + 0.3)


def _rule(paper: Document) -> None:
    paper.set_draw_color(*PALE)
    paper.line(paper.l_margin, paper.get_y(), paper.l_margin + paper.epw, paper.get_y())
    paper.set_draw_color(*INK)


def _words(paper: Document, top: float, size: float, height: float, text: str) -> None:
    paper.set_font(FAMILY, size=size)
    bottom = _write(paper, paper.l_margin + NAME + AMOUNT + 2, top, WORDS, height, text)
    paper.set_xy(paper.l_margin, bottom)


def _write(
    paper: Document, left: float, top: float, width: float, height: float, text: str
) -> float:
    """Write a text, broken into lines only where it must be (breaking is slow); return its end."""
    paper.set_xy(left, top)
    if paper.get_string_width(text) <= width - 2 * paper.c_margin:
        paper.cell(width, height, text)
        return top + height
    paper.multi_cell(width, height, text, align="LEFT", new_x="LMARGIN", new_y="NEXT")
    return float(paper.get_y())


def _warnings(paper: Document, warnings: Sequence[Name]) -> None:
    if warnings:
        _title(paper, "提示 Please note")
    for text in warnings:
        paper.set_font(FAMILY, size=7)
        paper.multi_cell(
            0, 3.1, f"• {text.zh} / {text.en}", align="LEFT", new_x="LMARGIN", new_y="NEXT"
        )
    paper.ln(1)


def _figures(paper: Document, slip: Payslip) -> None:
    """List every figure that no official text confirms; ▲ marks a local example."""
    if not slip.unconfirmed:
        return
    _title(paper, "没有官方文件证实的数值 Figures that no official text confirms")
    paper.set_fill_color(*SHADE)
    paper.set_font(FAMILY, "B", 6.5)
    for width, text in zip(FIGURE_WIDTHS, FIGURE_HEADS, strict=True):
        paper.cell(width, 3.6, text, fill=True)
    paper.ln(3.7)
    paper.set_font(FAMILY, size=6.5)
    for at, figure in enumerate(slip.unconfirmed, start=1):
        _figure(paper, at, figure)
    _rule(paper)


def _figure(paper: Document, at: int, figure: Resolved) -> None:
    if paper.will_page_break(FIGURE_HEIGHT):
        paper.add_page()
        paper.set_font(FAMILY, size=6.5)
    shown = doubtful(figure)
    mark = "▲ " if is_example(figure) else ""
    cells = (
        f"{at}",
        shown.name,
        shown.value.replace(" %", "%"),
        f"{shown.place} {shown.since}",
        f"{mark}{_chinese(shown.document)}：{shown.standing}",
    )
    _rule(paper)
    left, top, bottom = paper.l_margin, paper.get_y() + 0.1, 0.0
    for width, text in zip(FIGURE_WIDTHS, cells, strict=True):
        bottom = max(bottom, _write(paper, left, top, width, 3, text))
        left += width
    paper.set_xy(paper.l_margin, bottom + 0.1)


def _title(paper: Document, text: str) -> None:
    paper.set_font(FAMILY, "B", 8.5)
    paper.cell(0, 4.8, text, new_x="LMARGIN", new_y="NEXT")


def _chinese(text: str) -> str:
    """Return the Chinese half of ``Chinese / English``; the line has the English of its own."""
    return text.partition(" / ")[0]
