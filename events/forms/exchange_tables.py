"""What is changed at the tables by hand, and whom somebody would like to meet."""

from typing import Any

from django import forms

from events.exchange.tables import seating, wishing
from events.models import JointExchange, Registration, TableSeat
from members.models import User

STRANGE = "受け取れない内容です。画面を開き直してください。"


class TableForm(forms.Form):
    """One table of one round, which stays as it is or may be changed again."""

    round = forms.IntegerField(min_value=1, max_value=99)
    table = forms.IntegerField(min_value=1, max_value=9999)
    locked = forms.BooleanField(required=False)


class SeatForm(forms.Form):
    """One change of one seat: locked or not, exchanged with `other`, moved to `table`.

    `seen` and `other_seen` are the tables that the page showed: who presses after somebody else has changed one is told.
    """

    do = forms.ChoiceField(choices=[(each, each) for each in ("lock", "unlock", "swap", "move")])
    other = forms.ModelChoiceField(TableSeat.objects.none(), required=False)
    table = forms.IntegerField(min_value=1, max_value=9999, required=False)
    seen = forms.IntegerField(min_value=1, max_value=9999, required=False)
    other_seen = forms.IntegerField(min_value=1, max_value=9999, required=False)

    def __init__(self, data: Any, *, seat: TableSeat) -> None:
        super().__init__(data)
        others = TableSeat.objects.filter(plan=seat.plan_id, round=seat.round).exclude(pk=seat.pk)
        self.fields["other"].queryset = others  # type: ignore[attr-defined]
        self._seat = seat

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        needed = {"swap": "other", "move": "table"}.get(sent.get("do", ""))
        if needed and not sent.get(needed):
            raise forms.ValidationError(STRANGE)
        return sent

    def act(self, *, exchange: JointExchange, by: User) -> str:
        """What was done, in words. Raises ValidationError as the verbs do."""
        seat, sent = self._seat, self.cleaned_data
        name = f"{seat.registration.name}様"
        if sent["do"] == "swap":
            seen = sent["seen"], sent["other_seen"]
            seating.swap(exchange=exchange, one=seat, other=sent["other"], by=by, seen=seen)
            return f"{name}と{sent['other'].registration.name}様の席を入れ替えました。"
        if sent["do"] == "move":
            seating.move(exchange=exchange, seat=seat, table=sent["table"], by=by, seen=sent["seen"])
            return f"{name}の席を、{sent['table']}卓に移しました。"
        locked = sent["do"] == "lock"
        seating.lock_seat(exchange=exchange, seat=seat, by=by, locked=locked, seen=sent["seen"])
        return f"{name}の席は、作り直しても動きません。" if locked else f"{name}の席は、作り直すと動きます。"


class WishForm(forms.Form):
    """Up to five people, of those who are drawn on the page and those who were chosen before."""

    wanted = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, data: Any, *, registration: Registration) -> None:
        super().__init__(data)
        self._registration = registration
        known = wishing.to_choose(registration).values_list("pk", flat=True)
        field: Any = self.fields["wanted"]
        field.choices = [(pk, pk) for pk in known]
        field.label = "会いたい方"
        field.error_messages["invalid_choice"] = "選べない方が入っています。画面を開き直してください。"

    def clean_wanted(self) -> list[int]:
        wanted: list[int] = self.cleaned_data["wanted"]
        if len(wanted) > wishing.MOST_WISHES:
            raise forms.ValidationError(f"{wishing.TOO_MANY}いま{len(wanted)}名を選んでいます。")
        return wanted

    def act(self) -> int | None:
        """How many were chosen; None, and the form says why, where nothing may be wished any more."""
        try:
            return wishing.choose(registration=self._registration, wanted=self.cleaned_data["wanted"])
        except forms.ValidationError as error:
            self.add_error(None, error)
            return None
