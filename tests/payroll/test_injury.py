"""Work-injury rates of many employers in one month: by notice, or by class of risk and step."""

from collections.abc import Callable
from decimal import Decimal
from itertools import product

from payroll import Month, Policy, WorkerMonth, compute

Build = Callable[..., WorkerMonth]
TERMS = [
    {"injury_rate": Decimal("0.004")},
    {"injury_rate": Decimal("0.002")},
    {"injury_rate": Decimal(0)},
    {"injury_rate": None, "injury_class": 1},
    {"injury_rate": None, "injury_class": 4},
    {"injury_rate": None, "injury_class": 4, "injury_float": Decimal("1.2")},
    {"injury_rate": None, "injury_class": 4, "injury_float": Decimal("0.5")},
]
EMPLOYERS = [
    {"employer": "A", "injury_rate_document": "通知甲"},
    {"employer": "A", "injury_rate_document": ""},
    {"employer": "B", "injury_rate_document": "通知甲"},
    {"employer": "B", "injury_rate_document": "通知乙", "insured_place": "371602"},
]


def test_everybody_has_the_rate_of_their_own_notice(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """Rate, class, step, document, employer and place tell notices apart, and nothing else does."""
    terms = [one | other for one, other in product(TERMS, EMPLOYERS)]
    workers = [
        quota_worker(id=f"R{number:02}", **changes)
        for number, changes in enumerate([*terms, *terms])
    ]
    together = compute(october, workers, demo)
    for number, worker in enumerate(workers):
        line = next(x for x in together.payslip(number).lines if x.code == "injury_employer")
        alone = compute(october, [worker], demo).payslip(0).lines
        assert line == next(x for x in alone if x.code == "injury_employer")
        rate = line.figures[0]
        assert rate.place == (worker.insured_place or "371681")
        assert (rate.valid_from, rate.valid_to) == (october.first, october.last)
        assert worker.employer in rate.source
        assert rate.document.startswith(worker.injury_rate_document or "单位填报，未附核定通知")
        if worker.injury_rate is not None:
            assert (rate.value, rate.unit) == (worker.injury_rate, "rate")
