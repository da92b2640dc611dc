"""A roster goes out: `building` selects and orders plain data, `printing` and `sheets` make the files.

`columns` and `cells` say what a column is, `variants` who may have which, `settings` what an office chose, `copies`
logs a copy before there is one.
"""
