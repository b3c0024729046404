"""The examples in the docstrings of the number modules hold."""

import doctest
from types import ModuleType

import pytest

from rukang.numbers import bank_account, citizen_id, disability_certificate, text, uscc


@pytest.mark.parametrize("module", [bank_account, citizen_id, disability_certificate, text, uscc])
def test_docstring_examples(module: ModuleType) -> None:
    """Every example in a number module gives what it says."""
    flags = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    result = doctest.testmod(module, optionflags=flags)
    assert result.attempted > 0
    assert result.failed == 0
