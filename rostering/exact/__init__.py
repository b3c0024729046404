"""The exact model: variables, rows by rule, objective, and the solvers behind one adapter."""
