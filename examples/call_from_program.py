"""Call the engine from a program: a problem from a file, a roster as JSON.

Run with ``python examples/call_from_program.py [problem.json]``; the home's problem without a file.
"""

import json
import sys

from roster_home import home

from rostering import read, solve

problem = read(sys.argv[1]) if len(sys.argv) > 1 else home()
result = solve(problem, time_limit=3, seed=1)
shifts = result.roster.to_dict() if result.roster else None
answer = {"status": result.status, "cost": result.cost, "roster": shifts}
json.dump(answer, sys.stdout, ensure_ascii=False)
