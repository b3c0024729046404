"""The wage rules: inputs and a date in, explained payslips out."""
