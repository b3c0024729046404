"""Employers of residents, the terms of each employment, and the tax year so far."""

from rukang.work.employment.death import Payee, death_of, record_death, withdraw_death
from rukang.work.employment.records import (
    AgreementTax,
    DayCount,
    Employer,
    Employment,
    EmploymentKind,
    Job,
    PayBasis,
    TaxToDate,
)
from rukang.work.employment.service import find_employer

__all__ = [
    "AgreementTax",
    "DayCount",
    "Employer",
    "Employment",
    "EmploymentKind",
    "Job",
    "PayBasis",
    "Payee",
    "TaxToDate",
    "death_of",
    "find_employer",
    "record_death",
    "withdraw_death",
]
