"""Pages of wages: runs, payslips, files, payments, advances and fees."""
