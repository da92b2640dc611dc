"""Pages of groups, members, companies and people."""
