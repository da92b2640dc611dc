"""The forms of the review: a note, a question and its answer, a decision, the company of the directory, a withdrawal."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from groups.forms.parts import StoredField, plain_helper, refuse
from groups.models import Application, ApplicationNote, ApplicationQuestion, ApplicationStep, Scenario
from groups.recruitment import deciding, reviewing, scenarios, withdrawing
from groups.recruitment.workbench import TITLES
from iri_exchange.lib.fields import DayFormField, KnownChoice, LineField
from members.models import Company

Decision = Application.Decision
NEW, OPEN = "new", "open"
CHOOSE = {"required": "どれか1つを選んでください。", "invalid_choice": "どれか1つを選んでください。"}


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReviewForm(forms.Form):
    """About one application; what its verb refuses stands at the top."""

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        self.helper = plain_helper()


class NoteForm(ReviewForm):
    text = StoredField(
        ApplicationNote,
        "text",
        widget=_lines(3),
        help_text="事務局だけが読めます。応募した方には見えません。",
    )

    def act(self, by: Any) -> bool:
        reviewing.write_note(application=self.application, by=by, **self.cleaned_data)
        return True


class QuestionForm(ReviewForm):
    question = StoredField(ApplicationQuestion, "question", widget=_lines(4), help_text="600字まで")
    due = DayFormField(
        label="お返事の期限",
        required=False,
        help_text="例：2027-05-20、R9.5.20。決めないときは、空けておきます。",
    )

    def act(self, by: Any) -> bool:
        """Whether the verb has asked; what it refuses stands in the form."""
        try:
            reviewing.ask(application=self.application, by=by, **self.cleaned_data)
        except ValidationError as error:
            self.add_error("due" if error.code == "over" else None, ValidationError(error.messages))
            return False
        return True


class AnswerForm(ReviewForm):
    answer = StoredField(
        ApplicationQuestion,
        "answer",
        required=True,
        widget=_lines(4),
        help_text="電話やFAXで伺ったお返事を、そのまま書きます。",
    )

    def act(self, by: Any) -> bool:
        """As `QuestionForm.act`."""
        try:
            reviewing.record_answer(application=self.application, by=by, **self.cleaned_data)
        except ValidationError as error:
            refuse(self, error)
            return False
        return True


class DecisionForm(ReviewForm):
    decision = forms.ChoiceField(
        label="採否",
        choices=[*Decision.choices, ("", "まだ決めない")],
        required=False,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    reason = StoredField(
        Application,
        "decision_reason",
        required=False,
        help_text="事務局だけが読めます。お知らせの手紙には入りません。",
    )
    seen = LineField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(
            {
                "decision": self.application.decision,
                "reason": self.application.decision_reason,
                "seen": deciding.mark_of(self.application),
            }
        )

    def clean(self) -> None:
        reason = self.cleaned_data.get("reason")
        if not self.cleaned_data.get("decision") and reason and reason != self.initial["reason"]:
            self.add_error("decision", "理由を残すときは、採択・補欠・不採択のどれかを選んでください。")

    def act(self, by: Any) -> bool:
        """As `QuestionForm.act`. What somebody else has decided meanwhile is told once, and may be changed then."""
        decision, reason, seen = (self.cleaned_data[name] for name in ("decision", "reason", "seen"))
        given: dict[str, Any] = {"application": self.application, "seen": seen}
        try:
            if decision:
                deciding.decide(decision=decision, reason=reason, by=by, **given)
            else:
                deciding.undecide(**given)
        except ValidationError as error:
            refuse(self, error)
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["seen"] = self.initial["seen"]  # type: ignore[index]
            return False
        return True


class WithdrawalForm(ReviewForm):
    note = StoredField(
        ApplicationStep,
        "note",
        required=False,
        help_text="応募した方のページに出ます。例：お電話でのお申し出により",
    )
    confirmed = forms.BooleanField(
        label="ご本人から取下げのお申し出がありました",
        error_messages={"required": "お申し出を確かめて、印をつけてください。"},
    )

    def act(self, by: Any) -> bool:
        """As `QuestionForm.act`."""
        try:
            withdrawing.withdraw(application=self.application, by=by, note=self.cleaned_data["note"])
        except ValidationError as error:
            refuse(self, error)
            return False
        return True


class MatchForm(ReviewForm):
    """`company`: the id of one of the directory, NEW for none of them, OPEN to ask again."""

    company = LineField()

    def clean_company(self) -> Company | str:
        chosen: str = self.cleaned_data["company"]
        if chosen in (NEW, OPEN):
            return chosen
        pk = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 18 else 0
        company = Company.objects.filter(pk=pk).first()
        if company is None:
            raise ValidationError("この企業は、名簿にありません。ページを開きなおしてください。")
        return company

    def act(self) -> str:
        """What was done, in a sentence. Raises ValidationError as the verb does."""
        chosen = self.cleaned_data["company"]
        if chosen == OPEN:
            reviewing.unmatch(application=self.application)
            return "名簿との照らし合わせを、取り消しました。"
        if chosen == NEW:
            reviewing.match(application=self.application, company=None)
            return "名簿にない、新しい企業として進めます。"
        reviewing.match(application=self.application, company=chosen)
        return f"名簿の「{chosen.name}」と同じ企業として進めます。"


class RecordField(KnownChoice, forms.ModelChoiceField):
    pass


class PlaceForm(forms.Form):
    """One press on the workbench: an application goes to a column, "" for undecided."""

    application = RecordField(queryset=None)
    decision = forms.ChoiceField(choices=[*TITLES.items()], required=False)

    def __init__(self, *args: Any, applications: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["application"].queryset = applications  # type: ignore[attr-defined]

    def decide(self, by: Any) -> None:
        """Raises ValidationError as the verbs do."""
        application, decision = self.cleaned_data["application"], self.cleaned_data["decision"]
        if decision:
            deciding.decide(application=application, decision=decision, by=by)
        else:
            deciding.undecide(application=application)


class ScenarioForm(forms.Form):
    """A name under which the decisions, or another scenario, are put aside."""

    name = StoredField(Scenario, "name", help_text="例：製造業を多めに")

    def __init__(self, *args: Any, round: Any, like: Scenario | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round, self.like = round, like
        self.helper = plain_helper()

    def act(self, by: Any) -> Scenario | None:
        """The scenario; None if it was refused, which then stands in the form."""
        try:
            return scenarios.put_aside(
                round=self.round, like=self.like, by=by, name=self.cleaned_data["name"]
            )
        except ValidationError as error:
            refuse(self, error)
            return None
