"""What a plan is asked for: homes, inspectors, days, ways and prices."""
