"""Disability certificate numbers."""

import pytest
from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)

from rukang.numbers import disability_certificate as certificate
from rukang.numbers.disability_certificate import Category

HOLDER = "371681199003070001"
NUMBER = HOLDER + "61"


@pytest.mark.parametrize("number", [NUMBER, NUMBER + "B1", NUMBER + "b9"])
def test_first_issue_and_reissue_are_accepted(number: str) -> None:
    """The suffix of a reissued certificate is accepted and not required."""
    assert certificate.validate(number, HOLDER) == number.upper()


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (HOLDER, InvalidLength),
        (NUMBER + "1", InvalidLength),
        (NUMBER + "C1", InvalidFormat),
        (NUMBER + "B0", InvalidFormat),
        (HOLDER[:-1] + "261", InvalidChecksum),
        (HOLDER + "01", InvalidComponent),
        (HOLDER + "81", InvalidComponent),
        (HOLDER + "10", InvalidComponent),
        (HOLDER + "15", InvalidComponent),
    ],
)
def test_each_fault_has_its_error(number: str, error: type[ValidationError]) -> None:
    """Length, suffix, citizen number, category and grade are each checked."""
    with pytest.raises(error, match=" / "):
        certificate.validate(number)
    assert not certificate.is_valid(number)


def test_certificate_of_another_person_is_refused() -> None:
    """The certificate must begin with the citizen number it is filed under."""
    with pytest.raises(InvalidComponent, match="不是同一人"):
        certificate.validate(NUMBER, "372301196512110007")


@pytest.mark.parametrize("category", Category)
def test_category_and_grade_are_read(category: Category) -> None:
    """Each category digit has its meaning and a Chinese word."""
    number = f"{HOLDER}{category.value}3"
    assert certificate.category(number) is category
    assert certificate.grade(number) == 3
    assert len(category.zh) == 2


@pytest.mark.parametrize(("grade", "severe"), [(1, True), (2, True), (3, False), (4, False)])
def test_grades_one_and_two_are_severe(grade: int, severe: bool) -> None:
    """Only grades 1 and 2 count as severe."""
    assert certificate.is_severe(f"{HOLDER}5{grade}") is severe


def test_mask_keeps_category_and_grade() -> None:
    """The mask hides the person and keeps what the certificate states."""
    assert certificate.mask(NUMBER + "B1") == "3716**********000161B1"
    assert certificate.format(NUMBER) == NUMBER
