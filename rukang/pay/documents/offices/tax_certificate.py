"""The yearly certificate on paper: a page for each worker, to take to the yearly settlement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from fpdf import FontFace

from payroll import yuan
from payroll.payslips.payslip import cite
from payroll.settling.tax_year import fund_taxed_fen
from rukang.base.papers import Document, private_files
from rukang.base.papers.pdf import FAMILY, SHADE
from rukang.pay.documents.figures import EXAMPLE, is_example
from rukang.pay.store.stored import payslip_of
from rukang.pay.year.certificates import Certificate

MONTH_HEADS = ("月份 Month", "应发 Gross", "个人缴费 Own shares", "已扣税 Withheld", "实发 Net")


def write_certificates(found: Sequence[Certificate], path: Path, made_at: datetime) -> Path:
    """Write one page per employment and return the path; numbers of people are masked."""
    year = found[0].whole.through.year
    title = f"{year} 年工资薪金所得与扣税证明 Yearly tax certificates"
    paper = Document(title, made_at, _note(found))
    for certificate in found:
        paper.add_page()
        _head(paper, certificate)
        _months(paper, certificate)
        _totals(paper, certificate)
        _remarks(paper, certificate)
    with private_files(path.parent) as draft:
        paper.write_to(draft / path.name)
    return path


def _note(found: Sequence[Certificate]) -> str:
    """Return the words for figures that are examples, where any amount rests on one."""
    slips = (payslip_of(slip) for certificate in found for slip in certificate.slips)
    figures = (figure for slip in slips for figure in slip.unconfirmed)
    return EXAMPLE if any(is_example(figure) for figure in figures) else ""


def _head(paper: Document, certificate: Certificate) -> None:
    work, through = certificate.work, certificate.whole.through
    paper.set_font(FAMILY, "B", 14)
    title = f"{work.resident.person.name}（{work.resident.code}）　{through.year} 年"
    paper.cell(0, 8, title, new_x="LMARGIN", new_y="NEXT")
    paper.set_font(FAMILY, size=9)
    lines = (
        f"用工单位 Employer：{work.employer.name}（{work.employer.uscc}）",
        f"身份证号 ID：{work.resident.person.citizen_id or '—'}",
        f"截至 through {through}，任职 {certificate.whole.months_employed} 个月 months employed",
    )
    for line in lines:
        paper.cell(0, 5.5, line, new_x="LMARGIN", new_y="NEXT")
    paper.ln(3)


def _months(paper: Document, certificate: Certificate) -> None:
    shaded = FontFace(fill_color=SHADE, emphasis="BOLD")
    rows: list[tuple[str, int, int, int, int | None]] = []
    if (start := certificate.brought_forward) is not None:
        until = f"1–{start.through.month} 月合计"
        rows.append((until, start.income_fen, start.insurance_fen, start.tax_fen, None))
    rows += [
        (
            f"{slip.run.month:%Y-%m}",
            slip.gross_fen,
            slip.employee_shares_fen,
            slip.tax_fen,
            slip.net_fen,
        )
        for slip in certificate.slips
    ]
    paper.set_font(FAMILY, size=9)
    with paper.table(
        col_widths=(40, 35, 35, 35, 35),
        headings_style=shaded,
        line_height=5,
        padding=(0.6, 1.5),
        text_align=("LEFT", "RIGHT", "RIGHT", "RIGHT", "RIGHT"),
    ) as table:
        table.row(MONTH_HEADS)
        for name, *amounts in rows:
            table.row([name, *("" if fen is None else f"{yuan(fen):,}" for fen in amounts)])
    paper.ln(4)


def _totals(paper: Document, certificate: Certificate) -> None:
    whole = certificate.whole
    rows = (
        ("累计收入 Income", whole.income_fen),
        ("免税收入 Exempt", whole.exempt_fen),
        ("减除费用 Standard deduction", whole.standard_fen),
        ("个人保险和公积金 Own insurance and housing fund", whole.insurance_fen),
        ("专项附加扣除 Special additional deductions", whole.special_additional_fen),
        ("其他扣除 Other deductions", whole.other_deductions_fen),
        ("累计应纳税所得额 Taxable income", whole.taxable_fen),
        ("按预扣率表应纳税额 Tax of the table", whole.due_fen),
        ("减免税额 Relief", whole.relief_fen),
        ("已扣税额 Withheld", whole.withheld_fen),
    )
    paper.set_font(FAMILY, size=9)
    with paper.table(
        col_widths=(140, 40),
        first_row_as_headings=False,
        line_height=5,
        padding=(0.6, 1.5),
        text_align=("LEFT", "RIGHT"),
    ) as table:
        for name, fen in rows:
            table.row((name, f"{yuan(fen):,}"))
    paper.ln(3)


def fund_remark(certificate: Certificate) -> list[str]:
    """Return why the totals differ from the months: what of the housing fund was taxed, if any."""
    taxed = [fund_taxed_fen(payslip_of(slip)) for slip in certificate.slips]
    own, employer = (yuan(sum(side)) for side in zip(*taxed, strict=True))
    if not own and not employer:
        return []
    return [
        (
            f"住房公积金超过免税限额的部分已计税：单位 {employer:,} 元计入累计收入，"
            f"个人 {own:,} 元未扣除。"
            f" Of the housing fund above the exempt limit {employer:,} yuan of the employer's are"
            f" in the income and {own:,} yuan of the worker's are not deducted."
        )
    ]


def _remarks(paper: Document, certificate: Certificate) -> None:
    whole, lines = certificate.whole, []
    if whole.withheld_too_much_fen > 0:
        much = f"{yuan(whole.withheld_too_much_fen):,}"
        lines.append(
            f"按本单位收入计算多扣 {much} 元，年度汇算时可申请退税。"
            f" {much} yuan more than due was withheld: claim it at the yearly settlement."
        )
    if whole.due_fen and not whole.relief_known:
        lines.append(
            "残疾人减免税额未核定，本表按零列示，请向主管税务机关申请。"
            " Relief for disabled persons is not determined and stands as nil: ask the tax office."
        )
    lines += fund_remark(certificate)
    lines.append(
        "依据 Documents：" + "；".join(dict.fromkeys(cite(figure) for figure in whole.figures))
    )
    paper.set_font(FAMILY, size=8.5)
    for line in lines:
        paper.multi_cell(0, 5, line, align="LEFT", new_x="LMARGIN", new_y="NEXT")
