"""What stars go by: editions, ratings by a sheet, plans of visits, conflicts of interest."""
