"""Which extra brings a package that is missing."""

import tomllib

import pytest

from rukang.base.extras import extra_of, words_for
from tests.test_packaging import ROOT

EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "optional-dependencies"
]
METADATA = [f'{line}; extra == "{extra}"' for extra, lines in EXTRAS.items() for line in lines]
"""As a wheel carries them (test_installing.py reads those of a real one)."""


@pytest.mark.parametrize(
    ("module", "extra"),
    [
        ("fastapi", "web"),
        ("fastapi_users", "web"),
        ("babel", "web"),
        ("typer", "house"),
        ("sqlalchemy", "house"),
        ("matplotlib", "pictures"),
        ("fpdf", "house"),  # comes as fpdf2
    ],
)
def test_the_metadata_names_the_extra(module: str, extra: str) -> None:
    """Whatever the spelling of the package's name."""
    assert extra_of(module, METADATA) == extra


def test_a_requirement_of_the_engines_is_of_no_extra() -> None:
    """Only what stands under an extra counts; without a match it is the house."""
    assert extra_of("numpy", ['numpy>=2; extra == "web"']) == "web"
    assert extra_of("numpy", ["numpy>=2", 'numpydoc>=1; extra == "web"']) == "house"


def test_a_module_of_ours_that_is_missing_is_a_defect() -> None:
    """It keeps its traceback; what others wrote is told in words."""
    assert words_for(ModuleNotFoundError(name="rukang.nowhere")) is None
    assert words_for(ModuleNotFoundError()) is None
    assert 'pip install "rukang[house]"' in (words_for(ModuleNotFoundError(name="typer.x")) or "")
