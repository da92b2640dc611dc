"""The office's own words for a letter: written, looked at with example values, put back to the standard text."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from iri_exchange.lib import access, versions
from members import letter_wording
from members.letter_kind import Kind
from members.letter_kinds import KINDS
from members.models import LetterWording


class WordingForm(versions.Versioned):
    """Subject and text of one kind of letter, the standard ones where the office has none of its own."""

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, instance=_in_force(kind), **kwargs)
        self.fields["text"].widget.attrs["rows"] = 16

    class Meta:
        model = LetterWording
        fields = ("subject", "text")

    def known_by(self, record: LetterWording) -> dict[str, Any]:
        """Back to the standard and reworded again it is another record, of the same kind."""
        return {"kind": record.kind}

    def read_again(self, record: LetterWording) -> LetterWording:
        return _in_force(self.kind)

    def locked(self) -> LetterWording:
        versions.wait_for(LetterWording, kind=self.kind.key)
        return _in_force(self.kind)

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if "subject" in typed and "text" in typed:
            wrong = letter_wording.faults(self.kind, typed["subject"], typed["text"])
            if wrong:
                self.add_error("text", ValidationError(wrong))
        return typed


@access.allowed("office.work")
def office_wordings(request: HttpRequest) -> HttpResponse:
    own = letter_wording.reworded()
    kinds = [(kind, letter_wording.wording(kind.key)[0], kind.key in own) for kind in KINDS.values()]
    return render(request, "iri_exchange/office_wordings.html", {"kinds": kinds})


@access.allowed("office.work")
@versions.in_turn
def office_wording(request: HttpRequest, kind: str) -> HttpResponse:
    """Look at the wording, try another one (`do=preview`), keep it, or go back to the standard (`do=standard`)."""
    if kind not in KINDS:
        raise Http404
    what, do = KINDS[kind], request.POST.get("do", "")
    if do == "standard":
        letter_wording.back_to_standard(kind=what)
        messages.success(request, "もとの文面に戻しました。")
        return redirect("office_wording", kind)
    subject, text = letter_wording.wording(kind)
    form = WordingForm(request.POST or None, kind=what)
    if form.is_bound and form.is_valid():
        subject, text = form.cleaned_data["subject"], form.cleaned_data["text"].replace("\r\n", "\n")
        if do != "preview":
            letter_wording.reword(kind=what, subject=subject, text=text)
            messages.success(request, "文面を保存しました。これからの手紙に使います。")
            return redirect("office_wording", kind)
    context = {"kind": what, "form": form, "is_own": kind in letter_wording.reworded()}
    return render(
        request, "iri_exchange/office_wording.html", context | {"previews": _previews(what, subject, text)}
    )


def _in_force(kind: Kind) -> LetterWording:
    """The office's own wording, or the standard one, which is not stored."""
    subject, text = letter_wording.standard(kind.key)
    own = LetterWording.objects.filter(kind=kind.key).first()
    return own or LetterWording(kind=kind.key, subject=subject, text=text)


def _previews(kind: Kind, subject: str, text: str) -> list[tuple[str, letter_wording.Composed]]:
    """With an ordinary name, and with one that would break a template."""
    names = [("ふつうの名前のとき", "")]
    if "お名前" in kind.placeholders:
        names.append(("記号のまじった名前のとき（そのまま出ます）", letter_wording.HOSTILE))
    return [
        (title, letter_wording.compose(kind, letter_wording.example_values(kind, name), (subject, text)))
        for title, name in names
    ]
