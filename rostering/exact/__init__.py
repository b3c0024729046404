"""The exact model: variables, rows by form, objective, and the solvers behind one adapter."""
