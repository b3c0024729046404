"""The home, its month, and the organisations round it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from rukang.base.clock import days_of_month

CODE = "ZP001"
NAME = "邹平市如康家园示例站"
MONTH = date(2026, 10, 1)
DAYS = days_of_month(MONTH)
SUMMER = [date(2026, month, 1) for month in (6, 7, 8, 9)]
"""The months of docs/arrears-example.md, in workbooks of their own."""


def form(month: date) -> dict[str, Any]:
    """Return the row of 填报信息."""
    return {"机构编号": CODE, "月份": f"{month:%Y-%m}"}


STATUTORY = {date(2026, 6, 19), date(2026, 9, 25), *(date(2026, 10, day) for day in (1, 2, 3))}

REGISTER: dict[str, Any] = {
    "机构编号": CODE,
    "机构名称": NAME,
    "行政区划代码": "371681",
    "地址": "山东省滨州市邹平市示例街道同心路 1 号（虚构）",
    "法人单位": "邹平市如康家园示例服务中心",
    "统一社会信用代码": "52371681MAEXAMPL4Q",
    "设计容量": 80,
    "建筑面积（平方米）": 1260,
    "启用日期": date(2022, 5, 1),
    "开放日": "周一、周二、周三、周四、周五、周六",
    "班间休息（小时）": 11,
    "服务内容": "日间照料、辅助性就业、社区康复、助残业务受理、文体活动、心理辅导、技能培训、托养",
}

A, B, C = "91371681MAEXAMPL1E", "91371602MAEXAMPL24", "91371621MAEXAMPL3P"
HOME = "52371681MAEXAMPL4Q"

_NOTICE = "示例：工伤保险费率核定通知（2026-01，虚构）"

EMPLOYERS: list[dict[str, Any]] = [
    {
        "统一社会信用代码": A,
        "单位名称": "示例齐禾食品有限公司",
        "行政区划代码": "371681",
        "参保地代码": "371681",
        "工伤保险费率": Decimal("0.004"),
        "费率依据": _NOTICE,
        "日工资折算": "21.75",
        "意外险（元/月）": 0,
    },
    {
        "统一社会信用代码": B,
        "单位名称": "示例安澜家纺有限公司",
        "行政区划代码": "371602",
        "参保地代码": "371602",
        "工伤保险费率": Decimal("0.002"),
        "费率依据": _NOTICE,
        "日工资折算": "应出勤天数",
        "意外险（元/月）": 0,
    },
    {
        "统一社会信用代码": C,
        "单位名称": "示例绿苗绳网有限公司",
        "行政区划代码": "371621",
        "参保地代码": "371621",
        "工伤保险费率": Decimal("0.007"),
        "费率依据": _NOTICE,
        "日工资折算": "21.75",
        "意外险（元/月）": 0,
    },
    {
        "统一社会信用代码": HOME,
        "单位名称": "邹平市如康家园示例服务中心",
        "行政区划代码": "371681",
        "参保地代码": "371681",
        "日工资折算": "应出勤天数",
        "意外险（元/月）": Decimal("5.00"),
    },
]
