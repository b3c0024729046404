"""Stars of homes: inspections, what is measured, ratings, the register and a city's picture."""
