"""Exhibiting: applied for, accepted, placed on the floor plan, numbered, printed."""
