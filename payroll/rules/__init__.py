"""The wage rules: short pure functions over columns, each named for the quantity it returns."""
