"""A rating is the same whenever it is made or read, and carries its edition."""

from hypothesis import given
from hypothesis import strategies as st

from rukang.engines.rating import Rating, ScoreSheet, rate
from tests.rukang.engines.rating.tiny import BEST, edition, sheet

EDITION = edition()


@given(st.permutations(list(BEST)))
def test_order_of_answers_changes_nothing(order: list[str]) -> None:
    """The content hash does not depend on the order in which a sheet was filled."""
    filled = sheet()
    answers = {answer.criterion: answer for answer in filled.answers}
    shuffled = filled.model_copy(update={"answers": tuple(answers[name] for name in order)})
    assert rate(EDITION, shuffled).digest() == rate(EDITION, filled).digest()


def test_rating_read_back_is_identical() -> None:
    """Stored as JSON and read back, a rating has the same content and hash."""
    rating = rate(EDITION, sheet(T1="0.65", T3=None))
    again = Rating.model_validate_json(rating.model_dump_json())
    assert again == rating
    assert again.digest() == rating.digest()


def test_sheet_read_back_rates_alike() -> None:
    """A sheet stored as JSON gives the same rating."""
    filled = sheet(T1="0.65", S2="b")
    again = ScoreSheet.model_validate_json(filled.model_dump_json())
    assert rate(EDITION, again).digest() == rate(EDITION, filled).digest()


def test_any_change_changes_the_hash() -> None:
    """Another answer, evidence or edition gives another hash."""
    first = rate(EDITION, sheet()).digest()
    assert rate(EDITION, sheet(T2=1)).digest() != first
    assert rate(EDITION, sheet().model_copy(update={"home_name": "别处"})).digest() != first
    retitled = edition(title={"zh": "新标题", "en": "new title"})
    assert rate(retitled, sheet()).digest() != first


def test_rating_carries_edition_and_label() -> None:
    """The result says under which edition it was given and how far that can be relied on."""
    rating = rate(EDITION, sheet())
    assert (rating.edition, rating.standing.value) == ("tiny", "local")
    assert str(rating.label) == "本地示例，非官方 / local example, not official"


def test_star_words() -> None:
    """The star is said in words, also when there is none or it cannot be given."""
    words = [rate(EDITION, sheet(**raw)).star_words.zh for raw in ({}, {"T4": False}, {"S1": None})]
    assert words == ["3 星", "未达到星级", "缺少数据，未予评定"]
