"""Why a problem is impossible: a small set of rules that collide.

A problem is taken apart into statements that can be left out one by one; what gives way in the
nearest roster says where to look; QuickXplain shrinks the statements there until each is needed.

References
----------
U. Junker (2004). QuickXplain: preferred explanations and relaxations for over-constrained problems.
AAAI 2004.
"""

from rostering.explain.conflict.find import conflict, conflicts
from rostering.explain.conflict.found import Conflict, Verdict
from rostering.explain.conflict.statement import Statement

__all__ = ["Conflict", "Statement", "Verdict", "conflict", "conflicts"]
