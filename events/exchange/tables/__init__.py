"""分散会: the tables worked out, changed by hand, shown and printed."""
