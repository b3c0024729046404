"""From forms to tables: a person's rules as one small automaton, and what their rows add up."""
