"""Calendars as phones read them (RFC 5545): one meeting by letter, feeds that are asked again and again."""
