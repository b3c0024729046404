"""What a worker is handed: the payslip on paper, in easy words, and as a workbook."""
