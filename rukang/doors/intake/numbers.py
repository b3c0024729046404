"""Personal numbers in sheets: checked by their own rules, masked in every finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rostering.sheets import Finding
from rukang.numbers.text import hide, tidy

CITIZEN_ID = "身份证号"
CERTIFICATE = "残疾人证号"
ACCOUNT = "银行账号"
USCC = "统一社会信用代码"

SECRET = {CITIZEN_ID, CERTIFICATE, ACCOUNT}
"""Headers whose cells are shown with their middle hidden, also in what is found wrong."""


def masked(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with personal numbers masked."""
    return [
        replace(finding, found=hide(tidy(finding.found), 4, 4))
        if finding.header in SECRET and finding.found
        else finding
        for finding in findings
    ]
