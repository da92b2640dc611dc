"""募集から採否の発表まで: rounds, applications, their review, and what is decided and announced."""
