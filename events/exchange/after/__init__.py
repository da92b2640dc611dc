"""Afterwards: questionnaire, results of the booths, thanks, photographs, the report."""
