"""Read problems from files: our workbook and the public text format."""
