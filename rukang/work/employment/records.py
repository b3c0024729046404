"""Who employs a resident, and on what terms."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Composite, Mapped, composite, mapped_column, relationship

from rostering.sheets import Text
from rukang.base.database.about import nobody, through
from rukang.base.database.base import Base, OfHome, OfPayer, Seen
from rukang.base.database.sealing.vault import Sealed
from rukang.base.database.types import ExactDecimal
from rukang.base.spans import overlap
from rukang.forms import Derived, Field, Reference, column, told
from rukang.forms.field import money, place, share
from rukang.forms.workbooks.written import FRACTION, LAST_OF_MONTH, MONTH, YUAN, Written
from rukang.numbers import bank_account, uscc
from rukang.people.named import RESIDENT_CODE
from rukang.people.records import Resident

HIGHEST_INJURY_RATE = Decimal("0.1")


class DayCount(enum.StrEnum):
    """How an employer prices a part of a month."""

    PAID_DAYS = "21.75"
    SCHEDULED = "应出勤天数"


class Employer(Base):
    """A company (or the home itself) that pays residents, with the figures only it can know.

    ``injury_rate`` is the work-injury rate of the employer's own notice, ``insured_place`` the
    division in which it pays the insurances, ``rate_document`` where its rate is written.
    ``sick_pay_share`` is what it pays of the wage in sick leave; None is all of it.
    """

    __tablename__ = "employer"
    whom = nobody("a company and what it pays")

    uscc: Mapped[str] = column(
        Field("统一社会信用代码", "code of the organisation", number=uscc), String(18), unique=True
    )
    name: Mapped[str] = column(Field("单位名称", "name"), String(100))
    county: Mapped[str] = column(
        place("行政区划代码", "where it is registered", "单位登记地，六位"), String(6)
    )
    insured_place: Mapped[str] = column(
        place("参保地代码", "where it pays the insurances", "在哪里缴社保"), String(6)
    )
    injury_rate: Mapped[Decimal | None] = column(
        Field(
            "工伤保险费率",
            "its own rate",
            "如 0.004；单位自己的核定费率",
            cell=FRACTION,
            least=0,
            most=HIGHEST_INJURY_RATE,
        ),
        ExactDecimal,
    )
    rate_document: Mapped[str] = column(
        Field("费率依据", "the notice it stands in", "填了费率就必须写明文件", empty=""),
        String(200),
    )
    day_count: Mapped[DayCount] = column(
        Field("日工资折算", "how part of a month is priced"), choices=DayCount
    )
    accident_premium_fen: Mapped[int] = column(
        money("意外险（元/月）", "accident premium", "辅助性就业人员的意外险，单位负担")
    )
    sick_pay_share: Mapped[Decimal | None] = column(
        share(
            "病假工资比例",
            "sick pay by the employer's own rule",
            "如 0.8；单位自己的规定，不填按全额发",
            "empty is in full",
        ),
        ExactDecimal,
    )

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which an employer is seen: of residents, or as payer."""
        work = Employment.__table__.c
        known = or_(work.home_id.in_(seen.homes), *seen.about(Employment, work))
        employers = select(work.employer_id).where(known)
        return or_(cls.id.in_(employers), cls.id.in_(seen.payers))


class EmploymentKind(enum.StrEnum):
    """Labour contract, part-time work, or an agreement without labour relation."""

    CONTRACT = "劳动合同"
    PART_TIME = "非全日制"
    AGREEMENT = "辅助性就业协议"


class PayBasis(enum.StrEnum):
    """By what a labour contract pays."""

    MONTH = "月薪"
    PIECES = "计件"


class AgreementTax(enum.StrEnum):
    """As what income the payer declares what an agreement pays, by its tax office's word."""

    LABOUR = "劳务报酬"
    WAGES = "工资薪金"
    UNDECIDED = "未定"


class Employment(OfPayer, OfHome, Base):
    """One resident's work for one employer; dates inclusive, money in fen a month.

    ``declared_base_fen`` is last year's average wage (or the agreed wage in a first year), from
    which the contribution base is clamped; ``insured_from`` and ``insured_to`` the first days of
    the first and the last insured month, the last open while insurance goes on.
    Part-time work has an hourly wage in fen and the days of its pay cycle instead of a month's.
    ``pay_basis`` is by what a labour contract pays: one by pieces has no wage by time at all; None
    is by the month, or as its kind of work pays.
    ``pay_day`` is the agreed day of the following month on which a month's wage is due.
    ``first_job`` says that it is the person's first wage of the calendar year in which it began,
    ``first_job_evidence`` how that is known; None means that nobody was asked. ``agreement_tax``
    is the tax category of an agreement's pay; None leaves it to the rule of the place.
    ``fund_base_fen`` with both rates is what the housing fund is reckoned from each month; None
    leaves it to amounts entered by month.
    """

    __tablename__ = "employment"
    whom = through("resident_id")
    __table_args__ = (UniqueConstraint("resident_id", "employer_id", "started_on"),)

    resident_id: Mapped[int] = column(RESIDENT_CODE, ForeignKey("resident.id"), index=True)
    employer_id: Mapped[int] = column(
        Field(
            "统一社会信用代码",
            "one of the employers",
            "“用工单位”表中的单位",
            refers=Reference("用工单位", "employer", by="uscc", tidy=uscc.compact),
        ),
        ForeignKey("employer.id"),
        index=True,
    )
    kind: Mapped[EmploymentKind] = column(Field("用工形式", "kind"), choices=EmploymentKind)
    started_on: Mapped[date] = column(Field("开始日期", "first day", "不早于入园日期"))
    ended_on: Mapped[date | None] = column(Field("结束日期", "last day", "含当日"))
    pay_basis: Mapped[PayBasis | None] = column(
        Field(
            "计酬方式",
            "by the month, or by pieces alone",
            "仅劳动合同，不填为月薪；计件的没有月工资，工资就是计件工资，"
            "按计薪天数与最低工资比，不足由单位补足",
            "pieces are held against the minimum for the days given",
        ),
        choices=PayBasis,
    )
    monthly_wage_fen: Mapped[int] = column(
        money(
            "月工资（元）",
            "at least the county's minimum",
            "月薪的劳动合同必填，不低于机构所在县市的月最低工资；计件的留空",
            empty=0,
        )
    )
    hourly_wage_fen: Mapped[int | None] = column(
        Field(
            "小时工资（元）",
            "at least the hourly minimum",
            "非全日制必填，不低于当地小时最低工资",
            cell=YUAN,
            above=0,
        )
    )
    pay_cycle_days: Mapped[int | None] = column(
        Field(
            "发薪周期（天）",
            "days of the pay cycle",
            "非全日制必填，法律要求不超过 15 天，超过会提示；15 为半月一结"
            "（1 日至 15 日、16 日至月末），10 为按旬，其他从 1 日起数",
            "15 is half a month",
            least=1,
            most=31,
        )
    )
    pay_day: Mapped[int | None] = column(
        Field(
            "次月发薪日",
            "agreed day of the following month",
            "约定次月几日发放上月工资（月末不足按最后一天）；不填则不统计是否按时",
            least=1,
            most=31,
        )
    )
    declared_base_fen: Mapped[int] = column(
        money(
            "申报基数（元）",
            "declared base",
            "劳动合同必填：上年月平均工资，新职工为约定工资",
            empty=0,
        )
    )
    insured_from: Mapped[date | None] = column(
        Field(
            "参保起始月",
            "first insured month",
            "如 2026-10；劳动合同为五险，非全日制为工伤保险，协议人员留空",
            cell=MONTH,
        )
    )
    insured_to: Mapped[date | None] = column(
        Field(
            "参保终止月",
            "last insured month, where work goes on",
            "最后一个参保月，用工继续而参保终止时填写（如已领养老金），如 2026-09；用工结束不必填",
            cell=MONTH,
        )
    )
    bank: Mapped[str] = column(Field("开户银行", "bank"), String(60))
    account_cipher: Mapped[str] = mapped_column(String(300))
    account_lookup: Mapped[str] = mapped_column(String(64), index=True)
    account_masked: Mapped[str] = mapped_column(String(24))
    account: Composite[Sealed] = composite(
        Sealed,
        "account_cipher",
        "account_lookup",
        "account_masked",
        info=told(Field("银行账号", "account", "文本格式", number=bank_account)),
    )
    first_job: Mapped[bool | None] = column(
        Field(
            "当年首次就业",
            "the first wage of the calendar year",
            "当年第一次取得工资薪金的填“是”，减除费用自 1 月起累计（公告2020年第13号）；"
            "不填会在扣税时提示",
        )
    )
    first_job_evidence: Mapped[str] = column(
        Field(
            "首次就业依据", "how that is known", "填“是”必填：怎样核实的、材料存在哪里", empty=""
        ),
        String(200),
        default="",
    )
    agreement_tax: Mapped[AgreementTax | None] = column(
        Field(
            "协议报酬税目",
            "as what income an agreement pays",
            "仅协议；不填按地方政策文件（`income_tax.agreement_category`），都没有就不扣税并提示",
        ),
        choices=AgreementTax,
    )
    fund_base_fen: Mapped[int | None] = column(
        Field(
            "公积金基数（元）",
            "base of the housing fund, with both rates",
            "每月按基数和两个比例计算住房公积金，三列一起填；协议人员留空；"
            "不填的按 05 工作簿每月的金额",
            cell=YUAN,
            above=0,
        )
    )
    fund_own_rate: Mapped[Decimal | None] = column(
        share(
            "公积金个人比例",
            "own rate",
            "如 0.08；应在 0.05 至 0.12 之间，超出时工资不计算并写明原因",
        ),
        ExactDecimal,
    )
    fund_employer_rate: Mapped[Decimal | None] = column(
        share("公积金单位比例", "the employer's rate", "同上"), ExactDecimal
    )
    resident: Mapped[Resident] = relationship(lazy="joined")
    employer: Mapped[Employer] = relationship(lazy="joined")

    @property
    def job(self) -> Job:
        """Return who works for whom, and whether under a labour relation."""
        return (self.resident_id, self.employer_id, self.kind is not EmploymentKind.AGREEMENT)

    @property
    def by_pieces(self) -> bool:
        """Return whether it is a labour contract whose pay is pieces alone."""
        return self.kind is EmploymentKind.CONTRACT and self.pay_basis is PayBasis.PIECES

    def insured_in(self, month: date) -> bool:
        """Return whether a month, by its first day, is an insured one."""
        begun = self.insured_from is not None and self.insured_from <= month
        return begun and (self.insured_to is None or month <= self.insured_to)

    def held(self, first: date, last: date) -> bool:
        """Return whether these terms held on some day of a span, ends included."""
        return overlap(self.started_on, self.ended_on, first, last)


Job = tuple[int, int, bool]
"""A resident's work for an employer; it goes on where other terms begin as another record."""


class TaxToDate(OfHome, Base):
    """What this employer paid and withheld from January up to and including ``through``.

    The starting point of cumulative withholding; amounts in fen. ``full_last_year`` says
    that the same employer withheld in all twelve months of last year and the income was at most
    60 000 yuan.

    References
    ----------
    国家税务总局公告2018年第61号 (cumulative withholding);
    国家税务总局公告2020年第19号 (60 000 yuan).
    """

    __tablename__ = "tax_to_date"
    whom = through("employment_id")
    __table_args__ = (UniqueConstraint("employment_id", "through"),)

    employment_id: Mapped[int] = mapped_column(ForeignKey("employment.id"), index=True)
    resident = Derived(Field("人员编号", "resident"), str, lambda of: of.employment.resident.code)
    employer = Derived(
        Field("统一社会信用代码", "employer", cell=Written(Text, keep=uscc.compact)),
        str,
        lambda of: of.employment.employer.uscc,
    )
    through: Mapped[date] = column(
        Field("截至月份", "up to and including", "累计到这个月（含）", cell=LAST_OF_MONTH)
    )
    months: Mapped[int] = column(
        Field("任职月数", "months employed", "不超过截至月份的月数", least=1, most=12)
    )
    income_fen: Mapped[int] = column(money("累计收入（元）", "income"))
    insurance_fen: Mapped[int] = column(money("累计个人社保（元）", "own insurance"))
    special_additional_fen: Mapped[int] = column(
        money("累计专项附加扣除（元）", "special additional deductions")
    )
    tax_fen: Mapped[int] = column(money("累计已扣税（元）", "tax withheld"))
    full_last_year: Mapped[bool] = column(
        Field(
            "上年满12个月且收入不超6万",
            "full year last year and at most 60 000 yuan",
            "上年的工资批次或截至上年 12 月的一行已能说明时，系统自己认定",
        )
    )
    employment: Mapped[Employment] = relationship(lazy="joined")
