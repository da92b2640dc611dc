"""An answer to a meeting's notice: by the personal link, by a log-in, and written down for another."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.models import Reply
from events.models.reply import MOST_GUESTS
from events.replying import replies
from groups.forms.parts import StoredField, plain_helper
from iri_exchange.lib.fields import KnownChoice, LineField, RecordsField
from members.models import Person

CHOOSE = {
    "required": "出席・欠席・代理・未定の、どれかを選んでください。",
    "invalid_choice": "どれか1つを選んでください。",
}
# More than these come seldom; who writes it down for another may enter up to nine.
GUESTS = 3
CHANGED = "開いているあいだに、お返事が変わりました。いまのお返事を確かめてから、もう一度書きとめてください。"
HOW = {"required": "お返事をどうやって受けたか、選んでください。"}


def _stored(name: str, **kwargs: Any) -> StoredField:
    return StoredField(Reply, name, required=False, **kwargs)


class ReplyForm(forms.Form):
    """`asked`: what the address presets (answer, party). What cannot be answered any more is not in the form."""

    answer = forms.ChoiceField(
        label="定例会に", choices=Reply.Answer.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    proxy_name = _stored("proxy_name")
    entrusts = forms.BooleanField(label="委任状を出す", required=False)
    entrusted_to = _stored("entrusted_to", help_text="空けておくと、議長に委任します。")
    party = forms.ChoiceField(
        label="懇親会に", choices=Reply.Party.choices, widget=forms.RadioSelect, required=False
    )
    guests = forms.TypedChoiceField(
        label="ごいっしょの方", coerce=int, widget=forms.RadioSelect, required=False
    )
    guest_names = _stored("guest_names")
    comment = _stored("comment", widget=forms.Textarea(attrs={"rows": 3}))

    most_guests = GUESTS

    def __init__(self, *args: Any, reply: Reply, asked: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reply, meeting = reply, reply.meeting
        self.helper = plain_helper()
        self.fields["answer"].label = f"{meeting.get_kind_display()}に"
        most = max(self.most_guests, reply.guests)
        self.fields["guests"].choices = [(0, "なし"), *((n, f"{n}名") for n in range(1, most + 1))]  # type: ignore[attr-defined]
        for name in self._not_asked():
            del self.fields[name]
        self.initial.update({name: getattr(reply, name) for name in self.fields if hasattr(reply, name)})
        for name in {"answer", "party"} & set(self.fields):
            wanted = (asked or {}).get(name, "")
            if wanted in dict(self.fields[name].choices):  # type: ignore[attr-defined]
                self.initial[name] = wanted

    def _not_asked(self) -> set[str]:
        meeting = self.reply.meeting
        left = set() if meeting.takes_party_replies else {"party"}
        if meeting.kind != meeting.Kind.GENERAL:
            left |= {"entrusts", "entrusted_to"}
        return left if meeting.takes_replies else set(ReplyForm.base_fields) - {"party"}

    def act(self, source: str, by: Any = None) -> Reply | None:
        """Let the verb write it down; what it refuses stands beside its field or at the top."""
        values = {name: self.cleaned_data[name] for name in self.fields if name in replies.ANSWERED}
        if "guests" in values:
            values["guests"] = values["guests"] or 0
        try:
            return replies.answer(reply=self.reply, source=source, by=by, **values)
        except ValidationError as error:
            _refuse(self, error)
            return None


class EnterForm(ReplyForm):
    """As the group's 事務局 heard it. `seen`: when the answer was given that stood there."""

    source = forms.ChoiceField(
        label="どうやって受けましたか",
        choices=[each for each in Reply.Source.choices if each[0] not in Reply.OWN],
        error_messages=HOW,
        widget=forms.Select(attrs={"class": "w-m"}),
    )
    seen = LineField(required=False, max_length=40, widget=forms.HiddenInput)

    most_guests = MOST_GUESTS

    def __init__(self, *args: Any, reply: Reply, **kwargs: Any) -> None:
        super().__init__(*args, reply=reply, **kwargs)
        self.initial["source"] = reply.source if reply.source not in Reply.OWN else Reply.Source.PHONE
        self.initial["seen"] = _seen(reply)

    def _not_asked(self) -> set[str]:
        """Who runs the meeting may write down what came after the deadline."""
        meeting = self.reply.meeting
        left = set() if meeting.has_party else {"party"}
        return left | (set() if meeting.kind == meeting.Kind.GENERAL else {"entrusts", "entrusted_to"})

    def clean(self) -> None:
        if self.cleaned_data.get("seen") != _seen(self.reply):
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["seen"] = _seen(self.reply)  # type: ignore[index]
            self.add_error(None, ValidationError(CHANGED, code="changed"))


class CallerField(KnownChoice, forms.ModelChoiceField):
    pass


class CallersForm(forms.Form):
    """Those who have not answered are divided among callers; no caller takes it back."""

    replies = RecordsField(queryset=Reply.objects.none(), required=False)
    caller = CallerField(queryset=Person.objects.none(), required=False, empty_label="決めない")

    def __init__(self, *args: Any, meeting: Any, callers: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.fields["replies"].queryset = Reply.objects.filter(meeting=meeting)  # type: ignore[attr-defined]
        self.fields["caller"].queryset = Person.objects.filter(pk__in=[each.pk for each in callers])  # type: ignore[attr-defined]

    def act(self) -> int:
        """How many; raises ValidationError as the verb does."""
        chosen = list(self.cleaned_data["replies"])
        return replies.assign_caller(meeting=self.meeting, replies=chosen, caller=self.cleaned_data["caller"])


def _seen(reply: Reply) -> str:
    return reply.answered_at.isoformat() if reply.answered_at else ""


def _refuse(form: forms.Form, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, ValidationError(error.messages))
        return
    for name, messages in error.message_dict.items():
        beside = name if name in form.fields else None
        form.add_error(beside, ValidationError(messages))
