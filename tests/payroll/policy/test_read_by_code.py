"""Every figure is read by some rule, or says of itself that it is kept to be looked up only."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from payroll import Policy

ROOT = Path(__file__).parents[3]


def _ids_read(ids: set[str]) -> set[str]:
    """Return which parameters the code names, whole or put together within one file."""
    named: set[str] = set()
    for folder in ("payroll", "rukang"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            words = {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
            named |= words & ids
            for pattern in _patterns(tree):
                found = ((each, pattern.fullmatch(each)) for each in ids)
                named |= {each for each, match in found if match and set(match.groups()) <= words}
    return named


def _patterns(tree: ast.AST) -> Iterator[re.Pattern[str]]:
    """Return each f-string that begins like a parameter's id, with what is put into it open."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.+)"
                for part in node.values
            ]
            yield re.compile("".join(parts))


def test_every_figure_is_read_or_says_that_it_is_not(policy: Policy) -> None:
    """What no rule reads is marked, and what is marked no rule reads: nobody supplies it in vain.

    What another parameter is keyed by (the tier of a county) is read with it.
    """
    parameters = policy.parameters
    read = _ids_read(set(parameters))
    read |= {key for name in read if (key := parameters[name].keyed_by) is not None}
    marked = {name for name, parameter in parameters.items() if parameter.for_reference}
    assert set(parameters) - read == marked
