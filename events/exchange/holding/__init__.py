"""The event itself: prepared, copied from last year, published, called off; its public face and its partner."""
