"""What somebody earns: by time, by pieces, on leave, in allowances, and at least the minimum."""
