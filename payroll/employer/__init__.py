"""What an employer of disabled people owes and gains in a year: levy, VAT refund, extra deduction.

``statement(year, policy)`` gives all three with every condition and who fails it; ``what_if`` says
what one more person would change.
"""

from payroll.employer.counting import Reading
from payroll.employer.extra_deduction import ExtraDeduction, extra_deduction
from payroll.employer.levy import Counted, Levy, levy, persons_to_zero
from payroll.employer.records import DisabledPerson, EmployerYear, PersonMonth
from payroll.employer.vat import Condition, MonthOfVat, VatRefund, vat_refund
from payroll.employer.year import Statement, WhatIf, statement, what_if

__all__ = [
    "Condition",
    "Counted",
    "DisabledPerson",
    "EmployerYear",
    "ExtraDeduction",
    "Levy",
    "MonthOfVat",
    "PersonMonth",
    "Reading",
    "Statement",
    "VatRefund",
    "WhatIf",
    "extra_deduction",
    "levy",
    "persons_to_zero",
    "statement",
    "vat_refund",
    "what_if",
]
