"""Forms with a second button that draws them anew: more rows, other days. What was typed stays, and nothing is judged."""

from typing import Any

from django import forms


class Redrawn:
    """Goes before a form, which sets `redrawn` before it is cleaned."""

    redrawn = False
    cleaned_data: dict[str, Any]
    _errors: Any

    def is_valid(self) -> bool:
        return not self.redrawn and super().is_valid()  # type: ignore[misc]

    def full_clean(self) -> None:
        if self.redrawn:
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}
            return
        super().full_clean()  # type: ignore[misc]
