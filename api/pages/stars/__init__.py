"""Pages of stars: criteria, ratings, inspections, the register and the city's picture."""
