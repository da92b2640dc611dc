"""To whom a notice goes, and in which words: chosen, looked at as one of them gets it, and sent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.models import Meeting, Notice, Reply
from events.replying.strangers import Knows, stand_in
from events.telling import letters, notices
from events.telling.letters import About
from events.telling.notices import Sent
from events.telling.recipients import Recipient, recipients_of
from groups.forms.parts import StoredField, plain_helper
from iri_exchange.lib.fields import KnownChoice, LineField
from members.letter_wording import Composed

LOOK, SEND = "look", "send"


class PeopleField(KnownChoice, forms.TypedMultipleChoiceField):
    """Ids of persons."""


class ReaderField(KnownChoice, forms.TypedChoiceField):
    """The id of one of them."""


class WordsForm(forms.Form):
    """What is sent to several; `shown` says what was there when it was looked at."""

    words = StoredField(
        Notice,
        "words",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="案内のはじめに入ります。なくてもかまいません。600字まで",
    )
    shown = LineField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.initial["shown"] = notices.mark_of(meeting)
        self.helper = plain_helper()

    def refuse(self, error: ValidationError) -> None:
        """At the top; what has been sent meanwhile is looked at anew."""
        self.add_error(None, ValidationError(error.messages))
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["shown"] = self.initial["shown"]  # type: ignore[index]


class NoticeForm(WordsForm):
    """`step` is LOOK or SEND; `reader` the one whose letter is shown."""

    people = PeopleField(
        label="送る方",
        coerce=int,
        required=False,
        error_messages={"invalid_choice": notices.STRANGER},
    )
    reader = ReaderField(
        label="だれの手紙を見るか",
        coerce=int,
        required=False,
        widget=forms.Select(attrs={"class": "w-m"}),
    )
    step = forms.ChoiceField(choices=[(LOOK, LOOK), (SEND, SEND)], widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, in_full: bool | Knows = False, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        self.recipients = recipients_of(meeting, in_full=in_full)
        named = [(each.person.pk, each.who.name) for each in self.recipients]
        self.fields["people"].choices = named  # type: ignore[attr-defined]
        self.fields["reader"].choices = [("", "はじめの方"), *named]  # type: ignore[attr-defined]
        self.initial["people"] = [each.person.pk for each in self.recipients if each.is_proposed]

    def clean_people(self) -> list[int]:
        chosen: list[int] = self.cleaned_data["people"]
        if not chosen:
            raise ValidationError(notices.NOBODY, code="nobody")
        return chosen

    @property
    def ticked(self) -> set[int]:
        """Ids of those who are ticked now."""
        given = self.data.getlist("people") if self.is_bound else self.initial["people"]  # type: ignore[attr-defined]
        return {int(each) for each in given if str(each).isascii() and str(each).isdecimal()}

    @property
    def chosen(self) -> list[Recipient]:
        wanted = set(self.cleaned_data["people"])
        return [each for each in self.recipients if each.person.pk in wanted]

    @property
    def shown_reader(self) -> Recipient:
        """Of those who get a letter, the one whose it is; of them all where nobody does."""
        with_letter = [each for each in self.chosen if each.reach.by_letter] or self.chosen
        wanted = self.cleaned_data.get("reader")
        return next((each for each in with_letter if each.person.pk == wanted), with_letter[0])

    def letter(self) -> Composed:
        """What the reader would get."""
        reader = self.shown_reader
        person = stand_in(reader.person, reader.who)
        reply = Reply(meeting=self.meeting, membership=reader.membership, person=person)
        about = About(self.meeting, self.cleaned_data["words"])
        return letters.preview(kind=Notice.Kind.NOTICE, about=about, reply=reply)

    def act(self, by: Any) -> Sent | None:
        """Let the verb send it; what it refuses stands at the top."""
        try:
            return notices.send(
                meeting=self.meeting,
                by=by,
                people=[each.person for each in self.chosen],
                words=self.cleaned_data["words"],
                shown=self.cleaned_data["shown"],
            )
        except ValidationError as error:
            self.refuse(error)
            return None


class RemindForm(WordsForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = "お願いの手紙に入ります。なくてもかまいません。600字まで"

    def act(self, by: Any) -> Sent | None:
        """As `NoticeForm.act`."""
        try:
            return notices.remind(
                meeting=self.meeting,
                by=by,
                words=self.cleaned_data["words"],
                shown=self.cleaned_data["shown"],
            )
        except ValidationError as error:
            self.refuse(error)
            return None
