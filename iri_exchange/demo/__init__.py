"""The demo: one believable programme around a day, told through the verbs. Same day, same data."""

from iri_exchange.demo.programme import FIRST_DAY, NotEmpty, build, is_demo

__all__ = ["FIRST_DAY", "NotEmpty", "build", "is_demo"]
