"""On the day: who is expected, who came, who came besides; on paper and on any number of phones at once."""
