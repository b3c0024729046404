"""What makes a password acceptable: that it would not be among the first guessed, here.

Length and unlikeliness count; no kinds of characters are demanded. zxcvbn estimates how many
guesses a good guesser needs, knowing common passwords, words, keyboard walks, sequences, dates and
exchanged letters. It is told what it cannot know: the person, this product, places here, and the
habits of people who write Chinese (``common_passwords.yaml``).

References
----------
NIST SP 800-63B-4, section 3.1.1.2: length, and a list of common, expected and compromised values.
Wheeler: zxcvbn: Low-Budget Password Strength Estimation, USENIX Security 2016.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml
from pypinyin import Style, lazy_pinyin
from pypinyin.pinyin_dict import pinyin_dict
from pypinyin.style import convert
from zxcvbn import zxcvbn

from payroll.policy import places
from rukang.base.errors import InvalidError

SHORTEST = 10
"""Fewest characters of a password."""

LONGEST = 256
"""Most characters; hashing a book would keep the server busy."""

JUDGED = 48
"""Characters looked at; the estimate takes a second for 72 chosen to be hard, and more say nothing
new: what is strong in its first 48 stays strong."""

ENOUGH_GUESSES = 10**10
"""Guesses a password must stand (zxcvbn's own bound of its best class): with argon2 stolen hashes
last, and at the door nobody gets a millionth of them."""

FEWEST_NOT_DIGITS = 4
"""Below it a password is a telephone number, a date or an ID number with a little beside it."""

NAME_SYLLABLES = 4
"""A name in pinyin has two or three syllables, four with a double surname or two names."""

LEET = str.maketrans("@430$51!7", "aaeossiit")
"""What stands for a letter."""

DAY_WORDS = re.compile(r"(?<=\d)[年月日号]")
"""Between the figures of a day: 2026年11月 is tried like 202611."""

ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", string.ascii_lowercase)
"""What fingers or tongue go along, and round again at the end."""

KEPT_STEPS = 2

COMMON = Path(__file__).with_name("common_passwords.yaml")


def require_good_password(password: str, email: str, name: str = "") -> None:
    """Refuse a password that would be guessed.

    Parameters
    ----------
    email, name
        Of the person: they are among the first guesses.

    Raises
    ------
    InvalidError
        With the rule that is broken; the password itself is not repeated.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidError(
            f"密码有 {len(password)} 个字符，须为 {SHORTEST} 至 {LONGEST} 个，可用几个词连成一句。",
            f"The password has {len(password)} characters and needs {SHORTEST} to {LONGEST};"
            " several words in a row do well.",
        )
    plain = unicodedata.normalize("NFKC", password).lower()
    if sum(not character.isdigit() for character in plain) < FEWEST_NOT_DIGITS:
        raise InvalidError(
            "密码几乎全是数字，像电话、日期或证件号码，容易被猜到，请改用几个词连成一句。",
            "The password is nearly all digits, like a telephone number or a date, and would be"
            " guessed; use several words in a row.",
        )
    if _is_name_with_digits(plain):
        raise InvalidError(
            "密码像是拼音姓名或词语加数字，容易被猜到，请改用几个不相关的词连成一句。",
            "The password looks like a name or word in pinyin with digits and would be guessed;"
            " use several words that have nothing to do with each other.",
        )
    if _guesses(plain, email, name) < ENOUGH_GUESSES:
        raise InvalidError(
            "这个密码太常见或太有规律，容易被猜到，请改用几个不相关的词连成一句。",
            "The password is too common or too regular and would be guessed; use several words"
            " that have nothing to do with each other.",
        )


def _guesses(plain: str, email: str, name: str) -> int:
    """Return the guesses a password stands, as typed and without what habit puts between words."""
    known = [*_of_person(email, name), *common()]
    readings = {plain, DAY_WORDS.sub("", plain), _folded(plain)}
    joined = re.sub(r"[\W_]+", "", plain)
    if plain.isascii() and len(joined) >= SHORTEST:
        # Each symbol would count as a part chosen anew: rukang#home2026 is rukanghome2026.
        readings.add(joined)
    return min(
        int(zxcvbn(reading[:JUDGED], user_inputs=known, max_length=JUDGED)["guesses"])
        for reading in readings
    )


def _folded(plain: str) -> str:
    """Return a password with every walk round a row of keys cut to its first three characters.

    zxcvbn follows a row to its end only: in ``wertyuiopq`` the last key would count as chosen.
    """
    kept: list[str] = []
    ways: frozenset[tuple[str, int]] = frozenset()
    walked = 0
    for before, after in pairwise(f" {plain}"):
        open_ways = _steps().get(before + after, frozenset())
        same = ways & open_ways
        walked = walked + 1 if same else bool(open_ways)
        ways = same or open_ways
        if walked <= KEPT_STEPS:
            kept.append(after)
    return "".join(kept)


@cache
def _steps() -> dict[str, frozenset[tuple[str, int]]]:
    """Return the rows, with their direction, along which two characters follow each other."""
    found: dict[str, set[tuple[str, int]]] = {}
    for row in ROWS:
        for one, other in zip(row, row[1:] + row[0], strict=True):
            found.setdefault(one + other, set()).add((row, 1))
            found.setdefault(other + one, set()).add((row, -1))
    return {pair: frozenset(ways) for pair, ways in found.items()}


def _of_person(email: str, name: str) -> Iterator[str]:
    """Yield what an acquaintance would try: the address, the name, the name in pinyin."""
    local, _, domain = email.lower().partition("@")
    yield from filter(None, (name, email.lower(), local, domain, *re.split(r"[\W_]+", local)))
    yield from domain.split(".")
    yield from _in_pinyin(name)


def _in_pinyin(words: str) -> Iterator[str]:
    """Yield Chinese words as typed without tones: whole, turned round, each syllable, initials."""
    syllables = [syllable.lower() for syllable in lazy_pinyin(words)]
    if syllables:
        yield from ("".join(syllables), "".join([*syllables[1:], syllables[0]]), *syllables)
        yield "".join(syllable[:1] for syllable in syllables)


@cache
def common() -> tuple[str, ...]:
    """Return what is tried first here: this product, habits, and the places on file in pinyin."""
    rows = yaml.safe_load(COMMON.read_text(encoding="utf-8"))
    listed = [str(word) for kind in ("house", "numbers", "words") for word in rows[kind]]
    return tuple(dict.fromkeys([*listed, *_places()]))


def _places() -> Iterator[str]:
    for place in places.names():
        yield from (place, place[:-1])  # 滨州市, 滨州
        syllables = lazy_pinyin(place)
        yield "".join(syllables)  # binzhoushi
        yield "".join(syllables[:-1])  # binzhou


def _is_name_with_digits(plain: str) -> bool:
    """Return whether a password is a few syllables of pinyin, and digits and symbols between them.

    Whether a word is a name cannot be told from its spelling: 400 syllables make every name.
    """
    fewest = {0: 0}  # syllables needed for the first so many characters
    letters = plain.translate(LEET)
    for start in range(len(plain)):
        if start not in fewest:
            continue
        if not plain[start].isalpha():
            fewest[start + 1] = min(fewest[start], fewest.get(start + 1, len(plain)))
        for end in range(start + 1, start + LONGEST_SYLLABLE + 1):
            if letters[start:end] in _syllables():
                fewest[end] = min(fewest[start] + 1, fewest.get(end, len(plain)))
    return fewest.get(len(plain), len(plain)) <= NAME_SYLLABLES


LONGEST_SYLLABLE = 6
"""Letters of zhuang and chuang."""


@cache
def _syllables() -> frozenset[str]:
    """Return every syllable of pinyin without its tone."""
    readings = {reading for each in pinyin_dict.values() for reading in each.split(",")}
    return frozenset(convert(reading, Style.NORMAL, strict=True) for reading in readings)
