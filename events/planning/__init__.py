"""Planning: what comes next, the whole year, days that suit everybody, whose turn it is."""
