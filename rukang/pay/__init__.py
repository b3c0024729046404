"""Wages of a home: runs, payslips and their documents."""
