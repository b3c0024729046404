"""Every rule with rosters that keep it and rosters that do not, hard and priced.

A case is used by the tests of the checker and of the solvers: with the accepted roster as the wish,
nothing is to be paid; with the rejected one as the wish, a hard rule forbids it and a priced one
costs exactly what the case says.
"""

from tests.rostering.cases.cells import CELLS
from tests.rostering.cases.counts import COUNTS
from tests.rostering.cases.cover import COVERS
from tests.rostering.cases.fairness import SHARES
from tests.rostering.cases.following import FOLLOWING
from tests.rostering.cases.runs import RUNS
from tests.rostering.cases.teams import TEAMS
from tests.rostering.cases.weekends import WEEKENDS
from tests.rostering.cases.wishes import WISHES

CASES = (*CELLS, *FOLLOWING, *COUNTS, *RUNS, *WEEKENDS, *COVERS, *WISHES, *SHARES, *TEAMS)
