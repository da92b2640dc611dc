"""The day itself: reception, badges, who has come."""
