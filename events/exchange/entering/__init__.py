"""Taking part: a place, a waiting list, the personal link and the 受付票."""
