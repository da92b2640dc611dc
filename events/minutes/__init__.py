"""Minutes: written from the agenda and the attendance, published to the members, kept in versions; the count of a 総会."""
