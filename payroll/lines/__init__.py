"""The lines of a payslip: each joins a rule, its inputs and figures, and its wording."""
