"""Papers of a group other than its roster: labels, envelopes, badges, company sheets, the attendance sheet.

`selection` says who is on them, each paper's module how it is set, `fitting` that nothing is ever cut.
"""
