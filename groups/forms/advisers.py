"""The forms about advisers: to commission one, to put a term right, to ask for one more year, and to answer."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups import advising
from groups.forms.newcomer import NewcomerForm
from groups.forms.officers import PersonField
from groups.models import Adviser, AdviserRequest, Group
from iri_exchange.lib.fields import DayFormField, LineField
from iri_exchange.lib.versions import Versioned

FIRST: dict[str, Any] = {"label": "いつから", "help_text": "例：2027-04-01、R9.4.1"}
LAST: dict[str, Any] = {"label": "いつまで", "help_text": "この日までは助言者です。例：2028-03-31、R10.3.31"}
NOT_IN_ORDER = "終わりの日を、始まりの日より後にしてください。"


class CommissionForm(NewcomerForm):
    """Somebody becomes the adviser of a group, as a rule until the end of its launch year."""

    since = DayFormField(**FIRST)
    until = DayFormField(**LAST)
    note = LineField(
        label="メモ", required=False, max_length=200, help_text="例：委嘱状の番号。会員には見えません。"
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, known=advising.those_known(), **kwargs)
        self.group = group
        usual = advising.usual_term(group, timezone.localdate())
        self.initial["since"], self.initial["until"] = usual.since, usual.until

    def act(self) -> Adviser | None:
        """Let the verb commission; what it refuses stands at the top of the form."""
        about = {name: self.cleaned_data[name] for name in ("since", "until", "note")}
        try:
            person = self.someone(self.cleaned_data["since"])
            return advising.commission(group=self.group, person=person, **about)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None


class TermForm(Versioned):
    """The days of a term put right, or its last day set."""

    lock = "group"
    since = DayFormField(**FIRST)
    until = DayFormField(**LAST, required=False)

    class Meta:
        model = Adviser
        fields: ClassVar = ["since", "until", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper()

    def act(self) -> bool:
        """Whether the verb took it; what it refuses stands at the top of the form."""
        about = {name: self.cleaned_data[name] for name in ("since", "until", "note")}
        return _let(self, lambda: advising.correct(term=self.instance, **about))


class AskForm(forms.ModelForm):
    """The group's wish for one more year, with a word to the office."""

    class Meta:
        model = AdviserRequest
        fields: ClassVar = ["note"]

    def __init__(self, *args: Any, group: Group, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.by = group, by
        self.fields[
            "note"
        ].help_text = "お願いしたいことがあれば、事務局へひとこと。空けておいてもかまいません。"
        self.helper = _helper()

    def act(self) -> bool:
        """As `TermForm.act`."""
        note = self.cleaned_data["note"]
        return _let(self, lambda: advising.ask(group=self.group, note=note, by=self.by))


class AcceptForm(forms.Form):
    """The office's yes: who advises, on which days of the year."""

    person = PersonField(label="助言者", queryset=None, empty_label="選んでください")
    since = DayFormField(**FIRST)
    until = DayFormField(**LAST)

    def __init__(self, *args: Any, request: AdviserRequest, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.by = request, by
        days = advising.year_asked_for(request, timezone.localdate())
        last = request.group.advisers.order_by("since").last()
        self.initial = {"person": last and last.person_id, "since": days.since, "until": days.until}
        self.fields["person"].queryset = advising.those_known()  # type: ignore[attr-defined]
        self.fields["person"].widget.attrs["class"] = "w-m"
        self.helper = _helper()

    def clean(self) -> dict[str, Any]:
        super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", ValidationError(NOT_IN_ORDER, code="order"))
        return self.cleaned_data

    def act(self) -> bool:
        """As `TermForm.act`."""
        return _let(self, lambda: advising.accept(request=self.request, by=self.by, **self.cleaned_data))


class DeclineForm(forms.Form):
    """The office's no, in a sentence that the group reads."""

    prefix = "decline"
    answer = LineField(
        label="お断りする理由",
        max_length=200,
        error_messages={"required": "お断りする理由を入れてください。"},
        help_text="グループの役員が読みます。例：今年度は助言者の都合がつかないため、お受けできません。",
    )

    def __init__(self, *args: Any, request: AdviserRequest, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.by = request, by
        self.helper = _helper()

    def act(self) -> bool:
        """As `TermForm.act`."""
        answer = self.cleaned_data["answer"]
        return _let(self, lambda: advising.decline(request=self.request, answer=answer, by=self.by))


def _let(form: forms.BaseForm, verb: Any) -> bool:
    try:
        verb()
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return False
    return True


def _helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf = False, True
    return helper
