"""引き継ぎ: a group of its launch year is made ready to run itself, and from a day on it does."""
