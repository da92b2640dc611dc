"""A sheet read as a roster: what its headings mean and what its rows say. Nothing here knows the directory.

`table` opens a file; `words` knows the headings people use, `heading` finds them under the titles, `columns` says what
each column is and `layout` what it holds; `skipping` leaves out totals and remarks; `rows` and `cells` read one entry,
with the readers in `texts` and `numbers`.
"""
