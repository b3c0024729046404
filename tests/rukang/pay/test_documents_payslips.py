"""The payslips on paper, read back from the PDF."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from payroll import yuan
from rukang import pay
from rukang.pay import PayRun
from rukang.pay.documents.month import documents_of, in_words
from tests.factories import own_number
from tests.pdf import pages_of


@pytest.fixture(scope="module")
def pages(wages: Path) -> list[str]:
    """The text of the payslips, page by page."""
    return pages_of((wages / "payslips.pdf").read_bytes())


def test_everybody_has_a_page(pages: list[str], run: PayRun) -> None:
    """One page each, with the person's own name, code, employer and month."""
    assert len(pages) == len(run.payslips)
    for page, record in zip(pages, run.payslips, strict=True):
        work = record.employment
        name = f"{work.resident.person.name}（{work.resident.code}）"
        assert f"{name}　2026-10 工资条 Payslip" in page
        assert work.employer.name in page


def test_figures_are_the_runs(pages: list[str], run: PayRun) -> None:
    """The five large ones, and each line's amount."""
    for page, record in zip(pages, run.payslips, strict=True):
        shown = page.splitlines()
        totals = (record.gross_fen, record.employee_shares_fen, record.tax_fen, record.net_fen)
        lines = [line.amount_fen for line in pay.payslip_of(record).lines]
        assert {f"{yuan(fen):,}" for fen in (*totals, *lines)} <= set(shown)


def test_every_line_is_explained_in_both_languages(pages: list[str], run: PayRun) -> None:
    """Name and words; a long sentence may go on in the next line. Names of nil stand together."""
    for page, record in zip(pages, run.payslips, strict=True):
        text, slip = re.sub(r"\s", "", page), pay.payslip_of(record)
        for line in slip.shown:
            for words in (line.name.zh, line.name.en, *in_words(line)):
                assert re.sub(r"\s", "", words) in text
        for names in (
            [line.name.zh for line in slip.folded],
            [line.name.en for line in slip.folded],
        ):
            assert all(re.sub(r"\s", "", name) in text for name in names)
        assert not slip.folded or "本月为零" in text


def test_numbers_are_masked(pages: list[str], run: PayRun) -> None:
    """Only the masks of citizen ID and account stand on paper that is handed round."""
    for page, record in zip(pages, run.payslips, strict=True):
        assert record.employment.account.masked in page
        assert own_number(record.employment.resident.person).masked in page
        assert not re.search(r"\d{15}", page)


def test_doubtful_figures_are_listed_and_examples_marked(pages: list[str], run: PayRun) -> None:
    """With their standing; the mark is explained at the foot of the page."""
    contract, *_, agreement = pages
    assert "没有官方文件证实的数值" in contract
    assert "▲ 示例，非官方：示例数值，非官方 / local example, not official" in contract
    assert "▲ 示例数值，非官方 / local example, not official" in contract
    for figure in pay.payslip_of(run.payslips[0]).unconfirmed:
        assert figure.name.zh in contract
    assert "没有官方文件证实的数值" not in agreement


def test_warnings_stand_on_the_payslip_they_concern(pages: list[str]) -> None:
    """Sick leave on the first, the unsettled tax of agreements on the last."""
    assert "病假 1 天按全额工资计发" in pages[0]
    assert "病假" not in pages[1]
    assert "税目未定" in pages[-1]
    assert "税目未定" not in pages[0]


def test_words_leave_out_what_stands_beside_them(run: PayRun) -> None:
    """Neither name nor amount nor documents are said twice."""
    for record in run.payslips:
        for line in pay.payslip_of(record).lines:
            zh, en = in_words(line)
            assert not zh.startswith(line.name.zh)
            assert not en.startswith(line.name.en)
            assert "依据" not in zh
            assert zh in line.zh
            assert line.zh.endswith(documents_of(line))


def test_the_easy_read_payslip_says_little_and_the_same(wages: Path, run: PayRun) -> None:
    """A page a person with the amounts of the full one: net, gross, own insurance, tax."""
    easy = pages_of((wages / "payslips-easy-read.pdf").read_bytes())
    assert len(easy) == len(run.payslips)
    for page, record in zip(easy, run.payslips, strict=True):
        assert f"{yuan(record.net_fen):,} 元" in page
        assert f"{yuan(record.gross_fen):,} 元" in page
        assert ("交了保险" in page) == (record.employee_shares_fen > 0)
        assert ("交了税" in page) == (record.tax_fen > 0)
        assert record.employment.account.masked[-4:] in page
        assert "示例数值，非官方" in page
        assert len(page) < 500  # the full one has some two thousand characters
