"""Somebody is chosen from a list, or written down anew: one piece of several forms."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import HTML, Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from groups.forms.officers import PersonField
from groups.forms.parts import StoredField, plain_helper
from groups.representing import Who
from iri_exchange.lib import japan
from members.forms import pair
from members.models import Person

NEW = ("family_name", "given_name", "family_kana", "given_kana", "title", "email", "phone")


class PersonChoice(forms.Form):
    """`people` are offered. Whoever is written down though one of them has that name is asked about first."""

    person = PersonField(
        label="名簿にいる方から選ぶ",
        queryset=None,
        required=False,
        empty_label="名簿にいない方（下に書きます）",
        widget=forms.Select(attrs={"class": "w-m"}),
    )
    family_name = StoredField(Person, "family_name", required=False)
    given_name = StoredField(Person, "given_name", required=False)
    family_kana = StoredField(Person, "family_kana", required=False)
    given_kana = StoredField(Person, "given_kana", required=False)
    title = StoredField(Person, "title", required=False)
    email = StoredField(Person, "email", required=False)
    phone = StoredField(Person, "phone", required=False)
    another = forms.BooleanField(label="同じ名前の、別の方として登録する", required=False)

    def offer(self, people: QuerySet[Person]) -> None:
        self.people = list(people)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        if not self.people:
            del self.fields["person"]
            self.fields["family_name"].required = True
        if not self._namesakes():
            del self.fields["another"]
        self.helper = plain_helper()

    def asked_for(self, title: str) -> Sequence[Any]:
        """The pieces of a layout: the list, and the lines for somebody new."""
        lines = [
            pair("family_name", "given_name"),
            pair("family_kana", "given_kana"),
            "title",
            "email",
            "phone",
        ]
        another = ["another"] if "another" in self.fields else []
        if not self.people:
            return [Fieldset(title, *lines, *another, css_class="form-section")]
        hint = HTML('<p class="note">名簿にいない方のときだけ、ここに書きます。</p>')
        return [
            Fieldset(title, "person", css_class="form-section"),
            Fieldset("名簿にいない方", hint, *lines, *another, css_class="form-section"),
        ]

    def clean(self) -> None:
        chosen, family = self.cleaned_data.get("person"), self.cleaned_data.get("family_name")
        if chosen and any(self.cleaned_data.get(name) for name in NEW):
            raise ValidationError("一覧から選ぶか、下に書くか、どちらか1つにしてください。", code="both")
        if self.people and not chosen and not family and "family_name" not in self.errors:
            self.add_error("person", "名簿から選ぶか、お名前を書いてください。")
        if not chosen and (known := self._namesakes()) and not self.cleaned_data.get("another"):
            self.add_error(
                "another",
                f"{known[0].name}さんは、名簿にいます。同じ方でしたら、一覧から選んでください。",
            )

    @property
    def who(self) -> Who:
        """Once valid: the one who was chosen, or the fields of somebody new."""
        chosen: Person | None = self.cleaned_data.get("person")
        return chosen or {name: self.cleaned_data[name] for name in NEW}

    def _namesakes(self) -> list[Person]:
        typed = " ".join(self.data.get(self.add_prefix(name), "") for name in NEW[:2])
        name = japan.fold(typed) if typed.strip() else ""
        return [person for person in self.people if name and japan.fold(person.name) == name]
