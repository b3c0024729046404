"""What the search for a conflict answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from rostering.changes import Sentence
from rostering.explain.conflict.statement import Statement

MANY = 8
"""A conflict of more statements is summed up by rule before it is listed."""


class Verdict(StrEnum):
    """What is proven.

    ``IRREDUCIBLE``: the statements collide, and without any one of them the rest is possible.
    ``REDUCIBLE``: they collide; time ran out before each was shown to be needed.
    ``UNKNOWN``: time ran out before anything was proven. ``POSSIBLE``: a roster exists.
    """

    IRREDUCIBLE = "irreducible"
    REDUCIBLE = "reducible"
    UNKNOWN = "unknown"
    POSSIBLE = "possible"


@dataclass(frozen=True)
class Conflict:
    """Statements of a problem that cannot hold together; none if nothing was proven."""

    verdict: Verdict
    statements: tuple[Statement, ...] = ()
    seconds: float = 0.0

    @property
    def is_proven(self) -> bool:
        """Return whether the statements are proven to collide."""
        return bool(self.statements)

    def sentences(self, most: int = 40) -> list[Sentence]:
        """Return the verdict, and as many as ``most`` of the statements."""
        said = [self._opening()]
        if len(self.statements) > MANY:
            said.append(self._summed_up())
        said += [statement.sentence for statement in self.statements[:most]]
        left = len(self.statements) - most
        if left > 0:
            said.append(Sentence(f"其余 {left} 条略", f"and {left} more"))
        return said

    def _opening(self) -> Sentence:
        count = len(self.statements)
        match self.verdict:
            case Verdict.IRREDUCIBLE if count == 1:
                return Sentence("这一条规则单独就无法满足", "this one rule cannot hold by itself")
            case Verdict.IRREDUCIBLE:
                return Sentence(
                    f"以下 {count} 条不能同时满足；去掉任何一条，其余的就可以",
                    f"these {count} cannot hold together; without any one of them the rest can",
                )
            case Verdict.REDUCIBLE:
                return Sentence(
                    f"以下 {count} 条不能同时满足；限时内没有确认每一条都不可少",
                    f"these {count} cannot hold together; not each is shown to be needed in time",
                )
            case Verdict.UNKNOWN:
                return Sentence(
                    "限时内既没有找到排班，也没有证明不可能",
                    "neither a roster was found in time, nor a proof that there is none",
                )
            case Verdict.POSSIBLE:
                return Sentence("规则之间没有冲突", "the rules do not collide")

    def _summed_up(self) -> Sentence:
        rules = Counter(statement.rule for statement in self.statements)
        zh = "、".join(f"{rule.zh} {count} 条" for rule, count in rules.most_common())
        en = ", ".join(f"{rule.en} {count}" for rule, count in rules.most_common())
        return Sentence(f"其中：{zh}", f"of these: {en}")
