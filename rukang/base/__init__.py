"""What every room stands on: database and audit, access and scope, jobs, settings, papers."""
