"""The files of a forge: actions known by digest, the versions of Python that we claim."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml

from tests.test_packaging import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda path: path.stem)
def test_an_action_is_known_by_its_digest(file: object) -> None:
    """A tag may be moved to other code; nothing is granted beyond reading."""
    text = ROOT.joinpath(str(file)).read_text(encoding="utf-8")
    used = re.findall(r"uses: *(\S+)", text)
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one)] == []
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}


def test_the_oldest_python_is_the_one_we_ask_for() -> None:
    """In both jobs of the gate."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    workflow = yaml.safe_load((ROOT / ".github/workflows/checks.yml").read_text(encoding="utf-8"))
    for job in workflow["jobs"].values():
        oldest = job["strategy"]["matrix"]["python"][0]
        assert settings["project"]["requires-python"] == f">={oldest}"


def test_commands_of_the_workflows_are_there() -> None:
    """Modules, scripts and files that they name."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    modules = set(re.findall(r"python -m ((?:tests|benchmarks)\.\w+)", text))
    paths = set(re.findall(r"(?<![\w/])((?:tests|locks|\.ci)/[\w/.]+)", text))
    assert {"tests.release", "benchmarks.nightly"} <= modules
    assert ".ci/run" in paths
    assert [one for one in modules if not (ROOT / f"{one.replace('.', '/')}.py").exists()] == []
    assert [one for one in paths if not (ROOT / one).exists()] == []
