"""解散したグループの記録: what the office keeps of a dissolved group, as one ZIP that the worker makes.

`tables` are the workbooks, `papers` by-laws, minutes and files, `names` what they are called, `packing` puts them into the
archive with its contents, `making` are the verbs, `tasks` what the worker calls, `views` the pages.
"""

from iri_exchange.office.archive.making import ask_for_archive, make_archive

__all__ = ["ask_for_archive", "make_archive"]
