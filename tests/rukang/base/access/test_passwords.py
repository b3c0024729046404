"""What makes a password acceptable, as laws: what habit makes is refused, chance is accepted."""

from __future__ import annotations

import random
import string
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from payroll.policy import places
from rukang.base.access.accounts.passwords import JUDGED, LONGEST, require_good_password
from rukang.base.errors import InvalidError

EMAIL, NAME = "liang.yuan@example.org", "梁园长"

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩邓冯曹欧诸葛"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英建国志玉兰晓红梅子涵浩宇轩雨欣怡"
PLACES = [place[:-1] for place in places.names() if len(place) > 2]
ENDINGS = ["!", "!!", "@", "#", "", ".", "123", "!@#"]
LEET = str.maketrans("aeios", "@3105")
CHINESE = ["棉被", "灯塔", "萝卜", "乌龟", "拖鞋", "琴键", "沙丘", "竹筐"]
ENGLISH = ["violin", "turnip", "harbour", "magnet", "puzzle", "walnut"]

LAW = settings(deadline=None, max_examples=50)

years = st.integers(1950, 2030).map(str)
birthdays = st.dates(min_value=date(1950, 1, 1)).map(lambda d: f"{d:%Y%m%d}")
names = st.tuples(st.sampled_from(SURNAMES), st.text(GIVEN, min_size=1, max_size=2)).map("".join)


def _refused(password: str, email: str = EMAIL, name: str = NAME) -> bool:
    try:
        require_good_password(password, email, name)
    except InvalidError:
        return True
    return False


@pytest.mark.parametrize(
    "password",
    [
        "zhangsan2024", "1234567891", "binzhou2026", "rukang2026!", "12345678901234567890",
        "qwerty1234567", "P@ssw0rd2026", "abcdefghij", "5201314woaini", "1qaz2wsx3edc",
        "梁园长2026年11月", "滨州残联2026年1月1日", "RuKang#Home2026", "zjw13812345678",
        "a" * 100 + "bcde", "Liang.Yuan@example.org", "ｒｕｋａｎｇ２０２６！",
    ],
)  # fmt: skip
def test_what_was_found_accepted_is_refused(password: str) -> None:
    """The first guesses about people here."""
    assert _refused(password)


@pytest.mark.parametrize(
    "password",
    ["梨树 bridge 七点半", "four words in a row", "红烧肉不放糖才好吃呢", "woxihuanchipingguo"],
)
def test_a_passphrase_is_accepted(password: str) -> None:
    """No kinds of characters are demanded, in whichever language."""
    assert not _refused(password)


@LAW
@given(names, years | birthdays, st.sampled_from(ENDINGS), st.booleans(), st.booleans())
def test_a_name_with_a_year_is_refused(
    name: str, year: str, ending: str, capital: bool, leet: bool
) -> None:
    """In pinyin, in capitals, with letters exchanged, before or after the year."""
    typed = "".join(lazy_pinyin(name))
    typed = typed.title() if capital else typed
    typed = typed.translate(LEET) if leet else typed
    for password in (typed + year + ending, year + typed + ending, f"{typed}_{year}{ending}"):
        assert _refused(password), password


@LAW
@given(st.sampled_from(["rukang", "jiayuan", *PLACES]), years, st.sampled_from(ENDINGS))
def test_a_place_or_the_product_with_a_year_is_refused(place: str, year: str, ending: str) -> None:
    """In characters and in pinyin."""
    assert _refused("".join(lazy_pinyin(place)) + year + ending)
    assert _refused(place + year + ending)


ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", string.ascii_lowercase)


@LAW
@given(st.sampled_from(ROWS), st.integers(0, 20), st.integers(4, 10), st.booleans(), years)
@example("qwertyuiop", 1, 10, False, "2023")
def test_a_row_of_keys_or_letters_is_refused(
    row: str, start: int, length: int, backwards: bool, year: str
) -> None:
    """Forwards, backwards, twice, and with a year."""
    part = (row * 4)[start : start + length]
    part = part[::-1] if backwards else part
    for password in (part + part, part * 3, part + year, year + part):
        assert _refused(password), password


@LAW
@given(names, years)
def test_ones_own_name_is_refused(name: str, year: str) -> None:
    """In characters, and of an address that nobody else has."""
    assert _refused(f"{name}{year}年", name=name)
    assert _refused(f"xqzvkj{year}", email="xqzvkj@example.org", name=name)


@LAW
@given(st.permutations([*CHINESE, *ENGLISH]), st.sampled_from([" ", "-", ""]))
def test_five_words_by_chance_are_accepted(words: list[str], between: str) -> None:
    """Chinese, English or mixed; longer ones as well."""
    assert not _refused(between.join(words[:5]))
    assert not _refused(" ".join(words * 3)[:LONGEST])


@pytest.mark.parametrize("seed", range(100))
def test_what_a_password_manager_makes_is_accepted(seed: int) -> None:
    """Sixteen characters by chance."""
    chance = random.Random(seed)  # noqa: S311
    alphabet = string.ascii_letters + string.digits + "!#%&*+-=?@^_"
    assert not _refused("".join(chance.choices(alphabet, k=16)))


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short-one", "9 个字符"),
        ("x" * 257, "257 个字符"),
        ("13812345678", "几乎全是数字"),
        ("zhangsan2024", "拼音姓名"),
        ("Password123", "太常见"),
    ],
)
def test_the_refusal_names_the_rule_and_never_the_password(password: str, says: str) -> None:
    """What is refused today is somebody's password somewhere."""
    with pytest.raises(InvalidError, match=says) as refused:
        require_good_password(password, EMAIL, NAME)
    assert password not in str(refused.value)


def test_only_the_beginning_is_estimated() -> None:
    """What would be slow to estimate is not looked at, and changes nothing."""
    good = "梨树 bridge 七点半 violin turnip harbour magnet puzzle walnut"
    assert len(good) > JUDGED
    assert not _refused(good + "4@8({[<369!1|7$5%2" * 10)
