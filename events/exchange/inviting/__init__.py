"""Who is asked and who comes, for the office, the groups and the partner corporation."""
