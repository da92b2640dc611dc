"""出欠のお返事: who is asked, what they answer and how, and how far a meeting's replies are."""
