"""The groups in the admin. What moves a state calls the verb that moves it."""

from groups.admin import groups, imports, memberships, office, people, recruitment, terms

__all__ = ["groups", "imports", "memberships", "office", "people", "recruitment", "terms"]
