"""Every year in a group that runs itself: who leads it next, what the next ones need, and the years it has lived."""
