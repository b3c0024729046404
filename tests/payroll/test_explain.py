"""A number followed all the way back."""

from collections.abc import Callable, Iterator

import pytest

from payroll import Allowance, Explanation, Month, Policy, WorkerMonth, compute, explain
from payroll.lines.catalogue import CATALOGUE

Build = Callable[..., WorkerMonth]


@pytest.fixture
def net(quota_worker: Build, demo: Policy, october: Month) -> Explanation:
    """The net pay of a worker with an allowance."""
    worker = quota_worker(allowances=(Allowance(name="岗位", amount_fen=10000),))
    return explain(compute(october, [worker], demo).payslip(0), "net")


def _all(explanation: Explanation) -> Iterator[Explanation]:
    yield explanation
    for part in explanation.made_of:
        yield from _all(part)


def test_the_way_ends_in_inputs_and_documents(net: Explanation) -> None:
    """Every line at the end of the way names fields of the record; every figure a document."""
    assert {"gross", "pension_employee", "income_tax"} <= {p.line.code for p in net.made_of}
    for part in _all(net):
        assert part.made_of or part.inputs, part.line.code
        assert all(figure.document for figure in part.line.figures)
        assert part.line.source
    documents = {figure.document for part in _all(net) for figure in part.line.figures}
    assert any("国发〔2005〕38号" in document for document in documents)


def test_a_line_and_a_field_of_one_name_do_not_go_round(net: Explanation) -> None:
    """The allowances of the payslip are made of those of the record."""
    allowances = next(part for part in _all(net) if part.line.code == "allowances")
    assert (allowances.made_of, allowances.inputs) == ((), ("allowances",))


def test_text_and_data_tell_the_same(net: Explanation) -> None:
    """Each amount of the tree stands in both, in both languages."""
    text, plain = net.text(), net.plain()
    assert text.splitlines()[0].startswith("实发 1846.09 = ")
    assert "缴费基数 4504.00 = 申报基数 2210.00 低于下限" in text
    assert "规则 rule：payroll.rules.contributions.contribution（社会保险法" in text
    assert plain["amount_fen"] == 184609

    def codes(part: dict) -> Iterator[str]:
        yield part["code"]
        for inner in part["made_of"]:
            yield from codes(inner)

    assert list(codes(plain)) == [part.line.code for part in _all(net)]
    assert set(codes(plain)) <= set(CATALOGUE)


def test_every_line_of_a_payslip_can_be_explained(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """None is left out."""
    slip = compute(october, [quota_worker()], demo).payslip(0)
    assert all(explain(slip, line.code).line == line for line in slip.lines)


def test_a_line_the_payslip_does_not_show_is_named(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """With those it shows."""
    slip = compute(october, [quota_worker()], demo).payslip(0)
    with pytest.raises(LookupError, match=r"piece_pay.*net"):
        explain(slip, "piece_pay")
