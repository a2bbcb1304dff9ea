"""Documents about organizations, as linked open data: who held which office, when, and who says so."""
