"""Rate one invented home under the example edition and write the report.

Run: python examples/rate_a_home.py [report.html]
"""

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from rukang.engines.rating import (
    Measure,
    Measurement,
    ScoreSheet,
    answer_from_cell,
    improve,
    load_edition,
    rate,
    write_report,
)

# What two inspectors wrote on the sheet: criterion, answer, evidence.
FOUND = [
    ("B1", "是", "二楼东侧训练室"),
    ("B2", "尚余两年以上", "租赁合同至 2030 年"),
    ("B3", 2, "卫生间已改造，二楼需绕行"),
    ("B4", 8.5, "室内 510 平方米 ÷ 60 人"),
    ("S1", 6, "缺心理辅导记录"),
    ("S4", 2, "抽查五份计划，均有执行记录"),
    ("S5", 2, "每两周一次，由街道卫生院协助"),
    ("L5", "是", "工资条签收齐全"),
    ("L6", "全年有订单", "手套包装订单三份"),
    ("A1", "是", "服药登记每日签字"),
    ("A2", 1, "一起轻微擦伤"),
    ("A3", "否", "上次演练在八个月前"),
    ("A4", "是", "无事故"),
    ("A5", "是", "最小者十九岁"),
    ("M1", 1, "台账有缺页"),
    ("M2", "92%", "匿名问卷 48 份"),
    ("M3", "每季度至少一次", "志愿者活动记录"),
]

# What the records of the month say.
RECORDS = {
    Measure.STAFF_PER_PRESENT_RESIDENT: "0.21",
    Measure.QUALIFIED_STAFF_SHARE: "0.75",
    Measure.REST_RULE_BREACHES: "0",
    Measure.OPENING_DAYS: "18",
    Measure.ATTENDANCE_RATE: "0.88",
    Measure.CONTRACTS_SHARE: "1",
    Measure.WAGES_AT_OR_ABOVE_MINIMUM_SHARE: "1",
    Measure.WAGES_ON_TIME_SHARE: "1",
    Measure.INSURED_SHARE: "0.97",
}


def main(report: Path) -> None:
    """Fill the sheet, rate it, and print the star, its path and what would raise it."""
    edition = load_edition("example-2026")
    sheet = ScoreSheet(
        home="ZP001",
        home_name="邹平市如康家园示例站",
        edition=edition.id,
        on=date(2026, 10, 31),
        inspectors=("评定员甲", "评定员乙"),
        facts={
            "people_served": Decimal(60),
            "months_running": Decimal(30),
            "capacity": Decimal(80),
        },
        answers=tuple(
            answer_from_cell(edition.criteria[name], cell, evidence)
            for name, cell, evidence in FOUND
        ),
    ).with_measurements(
        edition,
        {
            measure: Measurement(value=Decimal(value), evidence="2026-10 记录（示例）")
            for measure, value in RECORDS.items()
        },
    )
    rating, way_up = rate(edition, sheet), improve(edition, sheet)
    print(f"{rating.home_name}：{rating.star_words}，{rating.total} / {rating.points}")
    print(rating.label)
    for step in rating.path:
        print("  ", step.words)
    for words in way_up.words:
        print(words)
    print(write_report(rating, report, way_up))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "rating-report.html"))
