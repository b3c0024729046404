"""Pages of rosters, worked time, attendance and the working calendar."""
