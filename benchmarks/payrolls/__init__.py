"""Payroll at scale: invented people by the million, the engines set beside each other, writing."""
