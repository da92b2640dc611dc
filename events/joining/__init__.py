"""Between groups: meetings that two or more hold together, and what groups offer each other."""
