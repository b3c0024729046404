"""The steps of an inspection: opened, planned, visited, moderated, proposed, mended."""
