"""What the demo is made of: plain tables, no code. All people and companies are invented."""
