"""The API of wages: runs, payslips, files, payments, advances and fees."""
