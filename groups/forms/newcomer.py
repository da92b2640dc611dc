"""Asks for somebody: one of those known, or a person who is written down now, but never the same one twice."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from groups.forms.officers import PersonField
from iri_exchange.lib import japan, search
from members import directory
from members.forms import ATTRIBUTES
from members.models import Person

NEW = ("family_name", "given_name", "family_kana", "given_kana", "title", "email", "phone")
LONGEST = 80  # a name of more letters is nobody's
ONE_OF_TWO = "どちらか一方だけにしてください。名簿にいる方を選んだときは、お名前を消してください。"
NOBODY = "名簿にいる方を選ぶか、新しい方の氏を入れてください。"


class NewcomerForm(forms.ModelForm):
    """`someone` gives the person, once the form is valid. `alike` are those of the same name in the directory.

    With `may_be_nobody` the form may be left empty; then `names_somebody` is False.
    """

    may_be_nobody = False
    person = PersonField(
        label="名簿にいる方", queryset=None, required=False, empty_label="新しい方を書く（下の欄に）"
    )
    another = forms.BooleanField(
        label="同じ名前の、別の方として書く",
        required=False,
        help_text="名簿にいる方とは別の方だと分かっているときだけ、印をつけてください。",
    )

    class Meta:
        model = Person
        fields = NEW

    def __init__(self, *args: Any, known: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.alike = known, Person.objects.none()
        self.fields["person"].queryset = known  # type: ignore[attr-defined]
        self.fields["person"].widget.attrs["class"] = "w-m"
        self.fields["family_name"].required = False
        self.fields["email"].help_text = "連絡に使います。分からなければ空けておきます。"
        for name in NEW:
            self.fields[name].widget.attrs.update(ATTRIBUTES.get(name, {}), autocomplete="off")
        self.order_fields(["person", *NEW])
        if not self._asks_twice():
            del self.fields["another"]
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True

    def _asks_twice(self) -> bool:
        """Whether the directory knows the typed name; then the choice holds those people too."""
        typed = f"{self.data.get('family_name', '')}{self.data.get('given_name', '')}"
        if not typed.strip() or len(typed) > LONGEST or japan.has_unsafe_characters(typed):
            return False
        exactly = search.NAME + japan.fold(typed) + search.OTHER
        same = list(Person.objects.filter(search_key__startswith=exactly).values_list("pk", flat=True))
        self.alike = Person.objects.filter(pk__in=same)
        if same:
            known = Person.objects.filter(pk__in=[*same, *self.known.values_list("pk", flat=True)])
            self.fields["person"].queryset = known  # type: ignore[attr-defined]
        return bool(same)

    def clean(self) -> dict[str, Any]:
        super().clean()
        chosen, typed = self.cleaned_data.get("person"), self.cleaned_data.get("family_name")
        if chosen and typed:
            self.add_error("person", ValidationError(ONE_OF_TWO, code="both"))
        if not (chosen or typed or self.may_be_nobody or {"person", "family_name"} & set(self.errors)):
            self.add_error("person", ValidationError(NOBODY, code="required"))
        if typed and not chosen and self.alike and not self.cleaned_data.get("another"):
            sentence = (
                "同じ名前の方が、名簿にいます。その方なら「名簿にいる方」で選び、お名前の欄を消してください。"
            )
            self.add_error("person", ValidationError(sentence, code="alike"))
        return self.cleaned_data

    @property
    def names_somebody(self) -> bool:
        return bool(self.cleaned_data.get("person") or self.cleaned_data.get("family_name"))

    def _post_clean(self) -> None:
        """A chosen person is not written down: only what is typed of a new one is checked as a person."""
        if not self.cleaned_data.get("person") and self.cleaned_data.get("family_name"):
            super()._post_clean()  # type: ignore[misc]

    def someone(self, since: datetime.date) -> Person:
        """The chosen person, or the new one, written down with a day."""
        chosen: Person | None = self.cleaned_data.get("person")
        fields = {name: self.cleaned_data[name] for name in NEW}
        return chosen or directory.register_person(since=since, **fields)
