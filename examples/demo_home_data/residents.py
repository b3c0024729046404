"""Sixty invented residents: 36 employed by companies, 20 in assisted employment, 4 in day care."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from demo_home_data.numbers import citizen_id, phone

# Name, sex, category and grade of the certificate (4 physical, 5 intellectual, 6 mental).
PEOPLE = [
    "赵晓禾女52",
    "李承泽男52",
    "王雨晴女51",
    "张怀远男62",
    "周一帆男52",
    "刘思齐男53",
    "陈若兰女42",
    "杨立秋男52",
    "黄静怡女62",
    "吴大川男51",
    "徐知夏女52",
    "孙长青男42",
    "马小棠女52",
    "朱文博男62",
    "胡月明女53",
    "郭子安男52",
    "何春生男52",
    "高欣然女61",
    "林致和男52",
    "罗佳音女42",
    "郑向阳男52",
    "梁雪梅女62",
    "谢振华男51",
    "宋可欣女52",
    "唐守义男42",
    "许嘉禾女52",
    "韩秋实男52",
    "冯晓蕾女63",
    "邓永康男52",
    "曹沐阳男52",
    "彭素心女42",
    "曾国强男52",
    "萧云舒女62",
    "田丰收男52",
    "董慧敏女53",
    "袁天佑男51",
    "孙小满女52",
    "潘春燕女52",
    "于海波男51",
    "蒋思源男62",
    "蔡冬梅女52",
    "余乐天男52",
    "杜清扬女42",
    "叶知秋女52",
    "程远航男52",
    "魏来喜男61",
    "苏念慈女52",
    "吕安然女52",
    "丁一鸣男53",
    "任平安男52",
    "沈如意女62",
    "姚望春男52",
    "卢小鱼女51",
    "姜黎明男42",
    "崔百合女52",
    "钟万里男52",
    "谭守望男51",
    "陆明珠女51",
    "汪家和男61",
    "范长乐男52",
]

QUOTA, ASSISTED = 36, 20
PREFIXES = ("371681", "372330", "371626", "371602", "372301", "371621", "371625")
NEWCOMERS = {"R05": date(2026, 10, 15), "R33": date(2026, 10, 19)}
EXPIRING = {"R21": date(2026, 12, 15)}
RELATIONS = (("秀英", "母亲"), ("建国", "父亲"), ("爱华", "姐姐"), ("志强", "哥哥"))


@dataclass(frozen=True)
class Person:
    """An invented resident."""

    code: str
    name: str
    sex: str
    citizen_id: str
    disability: str
    service: str
    joined_on: date

    @property
    def severe(self) -> bool:
        """Return whether the grade is 1 or 2."""
        return self.disability[1] in "12"


def residents(rng: random.Random) -> list[Person]:
    """Return all residents, in the order of their codes."""
    return [_person(rng, number, text) for number, text in enumerate(PEOPLE, 1)]


def _person(rng: random.Random, number: int, text: str) -> Person:
    code = f"R{number:02d}"
    born_on = date(1974, 1, 1) + timedelta(days=number * 211 + rng.randrange(200))
    joined_on = date(2022, 5, 9) + timedelta(days=7 * rng.randrange(130))
    return Person(
        code=code,
        name=text[:-3],
        sex=text[-3],
        citizen_id=citizen_id(PREFIXES[number % len(PREFIXES)], born_on),
        disability=text[-2:],
        service=_service(number),
        joined_on=NEWCOMERS.get(code, joined_on),
    )


def _service(number: int) -> str:
    if number <= QUOTA:
        return "按比例就业"
    return "辅助性就业" if number <= QUOTA + ASSISTED else "日间照料"


def resident_rows(people: list[Person]) -> list[dict[str, Any]]:
    """Return the rows of 入园人员; one certificate ends soon."""
    return [
        {
            "编号": person.code,
            "姓名": person.name,
            "性别": person.sex,
            "身份证号": person.citizen_id,
            "残疾人证号": person.citizen_id + person.disability,
            "残疾人证有效期至": EXPIRING.get(
                person.code, date(2028 + number % 6, 3 + number % 9, 20)
            ),
            "服务类别": person.service,
            "入园日期": person.joined_on,
        }
        for number, person in enumerate(people)
    ]


def guardian_rows(people: list[Person]) -> list[dict[str, Any]]:
    """Return the rows of 监护人: one each, a second one for every tenth."""
    return [
        {
            "人员编号": person.code,
            "姓名": person.name[0] + RELATIONS[(number + nth) % len(RELATIONS)][0],
            "关系": RELATIONS[(number + nth) % len(RELATIONS)][1],
            "电话": phone(number * 2 + nth + 1),
        }
        for number, person in enumerate(people)
        for nth in range(2 if number % 10 == 0 else 1)
    ]
