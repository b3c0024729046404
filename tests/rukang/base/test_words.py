"""One pair of words, carried to the edge by whatever says something."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError, field_validator

import payroll
import rostering
import rukang
from payroll.policy import Name
from rostering.explain import Sentence
from rukang.base.errors import InvalidError
from rukang.base.words import Bilingual, Text, both, words_of
from rukang.numbers import citizen_id

PAIR = Text(zh="请改正", en="mend it")


class Even(BaseModel):
    """A number that says in words why it is refused."""

    number: int

    @field_validator("number")
    @classmethod
    def _even(cls, number: int) -> int:
        if number % 2:
            raise ValueError(Text(zh=f"{number} 不是偶数", en=f"{number} is odd"))
        return number


@pytest.mark.parametrize(
    "pair", [PAIR, Sentence("请改正", "mend it"), Name(zh="请改正", en="mend it")]
)
def test_the_pairs_of_all_packages_are_told_alike(pair: Bilingual) -> None:
    assert both(pair) == str(pair) == "请改正 / mend it"
    assert words_of(ValueError(pair)) == PAIR
    assert str(InvalidError.of(pair)) == "请改正 mend it"


def test_a_refusal_says_its_own_words() -> None:
    assert words_of(InvalidError("请改正", "mend it")) == PAIR


def test_what_is_said_in_one_language_is_said_in_both() -> None:
    assert words_of(ValueError("odd / even")) == Text(zh="odd / even", en="odd / even")


def test_a_check_of_pydantic_says_its_words() -> None:
    with pytest.raises(ValidationError) as refused:
        Even(number=3)
    assert words_of(refused.value) == Text(zh="3 不是偶数", en="3 is odd")
    with pytest.raises(ValidationError) as refused:
        Even.model_validate({"number": "three"})
    assert "integer" in words_of(refused.value).en


def test_a_number_says_its_words_beside_the_line_that_stdnum_asks_for() -> None:
    with pytest.raises(ValueError, match=r"应为 18 位.* / a citizen ID has 18") as refused:
        citizen_id.validate("37")
    words = words_of(refused.value)
    assert words.zh.startswith("身份证号应为 18 位，现为 2 位")
    assert words.en.startswith("a citizen ID has 18 characters")


TITLES = {"rukang/pay/documents/payslips/payslip_pdf.py"}
"""Where the title of a document is read as a clerk wrote it into a local policy file."""


def test_nobody_cuts_a_line_into_languages() -> None:
    packages = [Path(str(package.__file__)).parent for package in (payroll, rostering, rukang)]
    root = packages[0].parent
    files = [file for folder in (*packages, root / "api") for file in folder.rglob("*.py")]
    cut = {file.relative_to(root).as_posix() for file in files if _cuts(file)}
    assert cut - TITLES == set()


def _cuts(file: Path) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"partition", "rpartition", "split", "rsplit"}
        and [arg.value for arg in node.args if isinstance(arg, ast.Constant)][:1] == [" / "]
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
    )
