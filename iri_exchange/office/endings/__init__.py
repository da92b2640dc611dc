"""A group rests, wakes or is dissolved: what that ends is shown first, then done in one transaction."""
