"""What the pages of the groups are asked with: forms that call the verbs, and the filters of lists.

One module per subject; `parts` are shared pieces, `person_choice` and `newcomer` ask for a person.
"""
