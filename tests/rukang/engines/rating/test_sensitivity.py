"""What decides a star, and what a changed threshold would do to many."""

from __future__ import annotations

from rukang.engines.rating import deciding, rate, rate_all, shift
from tests.rukang.engines.rating.tiny import TINY_EDITION, document, edition, sheet


def test_the_criteria_a_star_hangs_on() -> None:
    """With the best answers only a loss can change it; each named one does, the others do not."""
    found = {one.criterion: one for one in deciding(TINY_EDITION, sheet())}
    for name, one in found.items():
        assert rate(TINY_EDITION, sheet(**{name: False})).star == one.not_met != 3
    for name in set(TINY_EDITION.criteria) - set(found):
        assert rate(TINY_EDITION, sheet(**{name: False})).star == 3
    assert found["T4"].not_met == 0
    assert "不符合则 0 星" in found["T4"].words.zh


def test_what_alone_would_raise_it_is_named() -> None:
    """Two stars for want of T1 in full; the accident cannot be undone, so it raises nothing."""
    found = {one.criterion: one for one in deciding(TINY_EDITION, sheet(T1="0.7", S2="b"))}
    assert found["T1"].at_best == 3
    assert found["T1"].star == 2
    gone = {one.criterion: one for one in deciding(TINY_EDITION, sheet(T4=False))}
    assert gone == {}


def test_a_threshold_moves_the_city() -> None:
    """Of three homes one falls when star 2 asks for 17 points instead of 12."""
    stars = [dict(star) for star in document()["stars"]]
    stars[1]["at_least"], stars[2]["at_least"] = 17, 18
    harder = edition(stars=stars)
    sheets = [sheet(), sheet(T1="0.5", T3=0, T2=2), sheet(S2="b", T1="0.5", T3=1)]
    homes = [one.model_copy(update={"home": f"H{n}"}) for n, one in enumerate(sheets)]
    before = [rate(TINY_EDITION, one).star for one in homes]
    after = [rate(harder, one).star for one in homes]
    found = shift(TINY_EDITION, harder, homes)
    assert sum(found.moves.values()) == 3
    assert found.moved == tuple(
        one.home for one, a, b in zip(homes, before, after, strict=True) if a != b
    )
    assert found.moved
    assert any("变为" in words.zh for words in found.words)


def test_processes_rate_alike_and_in_order() -> None:
    """Two processes give what one gives."""
    sheets = [sheet(T2=n % 3) for n in range(7)]
    alone = [rate(TINY_EDITION, one).star for one in sheets]
    assert list(rate_all(TINY_EDITION, sheets)) == alone
    assert list(rate_all(TINY_EDITION, sheets, 2)) == alone
