"""Forms in workbooks: sheets laid out, rows read and written, whole workbooks imported."""
