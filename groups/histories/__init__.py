"""Histories as they are read: `sources` says what belongs to a record and may be told, `reading` tells it.

`restoring` brings an earlier version back; `timeline` is the life of a group, `drawing` its picture.
"""
