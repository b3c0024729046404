"""The sheets of 04-用工单位: what a row of each holds."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from rostering.sheets import Day, Rate, SheetRow, Text, Whole, YesNo, YuanFen
from rukang.doors.intake.numbers import ACCOUNT, USCC
from rukang.forms.written import Month
from rukang.numbers import uscc
from rukang.work.employment import AgreementTax, DayCount, EmploymentKind, PayBasis

EMPLOYERS = "用工单位"
EMPLOYMENTS = "用工关系"
TO_DATE = "年度累计"


class EmployerRow(SheetRow):
    """An employer with the figures only it can know."""

    uscc: Text = Field(alias=USCC)
    name: Text = Field(alias="单位名称", max_length=100)
    county: Text = Field(alias="行政区划代码", pattern=r"^\d{6}$")
    insured_place: Text = Field(alias="参保地代码", pattern=r"^\d{6}$")
    injury_rate: Rate | None = Field(alias="工伤保险费率", default=None, ge=0, le=0.1)
    rate_document: Text = Field(alias="费率依据", max_length=200, default="")
    day_count: DayCount = Field(alias="日工资折算")
    accident_premium_fen: YuanFen = Field(alias="意外险（元/月）", ge=0)
    sick_pay_share: Rate | None = Field(alias="病假工资比例", default=None, gt=0, le=1)

    def kept(self) -> dict[str, Any]:
        """Return the values of the record."""
        return self.model_dump() | {"uscc": uscc.compact(self.uscc)}


class EmploymentRow(SheetRow):
    """A labour contract, part-time work by the hour, or an agreement (no wage, no base)."""

    resident: Text = Field(alias="人员编号")
    name: Text = Field(alias="姓名")
    uscc: Text = Field(alias=USCC)
    kind: EmploymentKind = Field(alias="用工形式")
    started_on: Day = Field(alias="开始日期")
    ended_on: Day | None = Field(alias="结束日期", default=None)
    pay_basis: PayBasis | None = Field(alias="计酬方式", default=None)
    monthly_wage_fen: YuanFen | None = Field(alias="月工资（元）", default=None, ge=0)
    hourly_wage_fen: YuanFen | None = Field(alias="小时工资（元）", default=None, gt=0)
    pay_cycle_days: Whole | None = Field(alias="发薪周期（天）", default=None, ge=1, le=31)
    pay_day: Whole | None = Field(alias="次月发薪日", default=None, ge=1, le=31)
    declared_base_fen: YuanFen | None = Field(alias="申报基数（元）", default=None, ge=0)
    insured_from: Month | None = Field(alias="参保起始月", default=None)
    insured_to: Month | None = Field(alias="参保终止月", default=None)
    bank: Text = Field(alias="开户银行", max_length=60)
    account: Text = Field(alias=ACCOUNT)
    first_job: YesNo | None = Field(alias="当年首次就业", default=None)
    first_job_evidence: Text = Field(alias="首次就业依据", max_length=200, default="")
    agreement_tax: AgreementTax | None = Field(alias="协议报酬税目", default=None)
    fund_base_fen: YuanFen | None = Field(alias="公积金基数（元）", default=None, gt=0)
    fund_own_rate: Rate | None = Field(alias="公积金个人比例", default=None, gt=0, le=1)
    fund_employer_rate: Rate | None = Field(alias="公积金单位比例", default=None, gt=0, le=1)


class ToDateRow(SheetRow):
    """What an employer paid and withheld this year up to and including a month."""

    resident: Text = Field(alias="人员编号")
    uscc: Text = Field(alias=USCC)
    through: Month = Field(alias="截至月份")
    months: Whole = Field(alias="任职月数", ge=1, le=12)
    income_fen: YuanFen = Field(alias="累计收入（元）", ge=0)
    insurance_fen: YuanFen = Field(alias="累计个人社保（元）", ge=0)
    special_additional_fen: YuanFen = Field(alias="累计专项附加扣除（元）", ge=0)
    tax_fen: YuanFen = Field(alias="累计已扣税（元）", ge=0)
    full_last_year: YesNo = Field(alias="上年满12个月且收入不超6万")
