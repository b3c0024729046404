"""A filled score sheet: enough points for four stars, two reasons why it is three."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from demo_home_data.home import CODE, NAME
from rukang.engines.rating import blank_rows, load_edition

EDITION = "example-2026"
INSPECTORS = ("评定员甲（虚构）", "评定员乙（虚构）")

HEADING = {
    "机构编号": CODE,
    "机构名称": NAME,
    "评定标准": EDITION,
    "评定日期": date(2026, 11, 5),
    "评定员": "、".join(INSPECTORS),
}

FACTS = [("people_served", 60), ("months_running", 54), ("capacity", 80)]

# Criterion: answer and what was seen. S4 falls short of what four stars require, and L4 (one
# newcomer insured from the next month) limits the star to three.
ANSWERS: dict[str, tuple[Any, str]] = {
    "B1": ("是", "一层东侧训练厨房和起居训练室"),
    "B2": ("尚余两年以上", "租赁合同至 2029-04-30"),
    "B3": (2, "入口坡道、两处无障碍卫生间；二层无电梯"),
    "B4": (21, "1260 平方米 ÷ 60 人"),
    "P1": (Decimal("0.17"), "2026-10 排班表与考勤"),
    "P2": (Decimal("0.75"), "资格证书复印件 18 份 / 员工 24 人"),
    "P3": (0, "2026-10 排班表复核无违规"),
    "S1": (7, "七项服务均有本季记录"),
    "S2": (26, "2026-10 考勤"),
    "S3": (Decimal("0.95"), "2026-10 考勤"),
    "S4": ("1", "抽查五份：有计划，执行记录不全"),
    "S5": (3, "与镇卫生院每周合作门诊，有效果记录"),
    "L1": (1, "56 份合同和协议"),
    "L2": (1, "2026-10 工资表"),
    "L3": (1, "银行代发回单"),
    "L4": (Decimal("0.972"), "R33 10 月 19 日入职，11 月起参保"),
    "L5": ("是", "工资条签收表、两年工资表"),
    "L6": ("全年有订单", "加工合同 3 份"),
    "A1": ("是", "服药登记、安全制度"),
    "A2": (1, "近十二个月摔倒 1 起，无伤"),
    "A3": ("是", "2026-06 疏散演练"),
    "A4": ("是", "事件登记"),
    "A5": ("是", "劳动者名册"),
    "M1": (2, "台账齐全"),
    "M2": (Decimal("0.93"), "匿名问卷 54 份"),
    "M3": ("每月至少一次", "志愿服务记录"),
}


def fact_rows() -> list[dict[str, Any]]:
    """Return the rows of 基本情况."""
    titles = {
        fact.key: f"{fact.title.zh}（{fact.unit.zh}）" for fact in load_edition(EDITION).facts
    }
    return [{"项目": key, "名称": titles[key], "数值": value} for key, value in FACTS]


def score_rows() -> list[dict[str, Any]]:
    """Return the rows of 评分, in the order of the edition."""
    rows = []
    for number, blank in enumerate(blank_rows(load_edition(EDITION))):
        answer, evidence = ANSWERS[blank.criterion]
        rows.append(
            {
                "指标": blank.criterion,
                "部分": blank.section.zh,
                "名称": blank.title.zh,
                "分值": blank.points,
                "可填内容": blank.allowed.zh,
                "结果": answer,
                "佐证材料": evidence,
                "评定人": INSPECTORS[number % 2],
            }
        )
    return rows
