"""Attendance over time: of a group's members, of one person, of all groups as far as the office may know it."""
