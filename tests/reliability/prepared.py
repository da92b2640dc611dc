"""Loaded once by the process that the senders are forked from."""

import logging

import django

django.setup()
logging.disable(logging.INFO)

from members import delivery  # noqa: E402

__all__ = ["delivery"]
