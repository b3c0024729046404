"""What docs/operate asks an operator to do, done."""
