"""An application on paper: the applicant's own copy (控え), and the blank form that is filled in by hand."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils import timezone

from groups.models import Application, Participant, RecruitmentRound
from groups.recruitment.applying import COMPANY, CONSENTS, PURPOSE, TRADE
from iri_exchange.lib import japan, pdf
from members import consents

CSS = "print_application"
ATTENDING = ("title", "department", "email", "phone")
CONTACT = ("contact_name", "contact_email", "contact_phone")
REASONS = ("motive", "hopes_in_words", "other_groups", "source")
PROMISE = "会社も役員も、反社会的勢力ではなく、関係もないこと"
LABELS = {"hopes_in_words": "期待すること"}
# On paper as much room as people write by hand; what is not named has one line.
LINES = {"products": 3, "strengths": 2, "seeking": 2, "motive": 7, "other_groups": 2}
NOT_ASKED = {"representative_kana", "url"}


class Row(NamedTuple):
    """A line of the sheet. `lines`: how much room it has when it is blank; `choices` to be ringed."""

    label: str
    text: str = ""
    lines: int = 1
    choices: tuple[str, ...] = ()


def facts(application: Application) -> list[tuple[str, list[Row]]]:
    """[(section, rows)]: all that the applicant has said, in the order of the form."""
    agreed = {each.kind: each.given for each in application.consents.all()}
    people = [(f"参加する方（{each.order}人目）", _person(each)) for each in application.participants.all()]
    promises = [Row(PROMISE, _said(application.no_antisocial_ties))]
    promises += [
        Row(label, "同意する" if agreed[kind] else "同意しない")
        for kind, label in CONSENTS.items()
        if kind in agreed
    ]
    return [
        ("会社のこと", _rows(application, COMPANY)),
        ("事業のこと", _rows(application, TRADE)),
        *people,
        ("参加の動機", [Row("希望する拠点", application.round.office.name), *_rows(application, REASONS)]),
        ("応募についてのご連絡先", _rows(application, CONTACT)),
        ("お約束と同意", promises),
    ]


def copy(application: Application) -> bytes:
    """What was sent, marked 控え."""
    context = {
        "application": application,
        "sections": facts(application),
        "title": f"{japan.fiscal_year_label(application.fiscal_year)} 異業種交流グループ 参加申込書",
        "printed_on": timezone.localdate(),
    }
    title = f"申込書の控え {application.number or '確認待ち'}"
    return pdf.render("pdf/application.html", context, title=title, css=[pdf.stylesheet(CSS)])


def blank(year: int, rounds: Sequence[RecruitmentRound]) -> bytes:
    """The form of a year to be filled in by hand and sent by post or FAX."""
    label = japan.fiscal_year_label(year)
    texts = consents.current_texts()
    context = {
        "title": f"{label} 異業種交流グループ 参加申込書",
        "rounds": rounds,
        "sections": _blank_sections(rounds),
        "purpose": texts[PURPOSE].text if PURPOSE in texts else "",
        "promise": PROMISE,
        "agreements": [
            (label, kind == PURPOSE, texts[kind].text if kind in texts and kind != PURPOSE else "")
            for kind, label in CONSENTS.items()
        ],
    }
    return pdf.render("pdf/application_form.html", context, title=context["title"], css=[pdf.stylesheet(CSS)])  # type: ignore[arg-type]


def _blank_sections(rounds: Sequence[RecruitmentRound]) -> list[tuple[str, list[Row]]]:
    offices = tuple(each.office.name for each in rounds)
    people = [
        (f"参加する方（{which}）", [Row("フリガナ"), Row("氏名"), *_empty(Participant, ATTENDING)])
        for which in ("1人目", "2人目。いらっしゃれば")
    ]
    return [
        ("会社のこと", _empty(Application, COMPANY)),
        ("事業のこと", _empty(Application, TRADE)),
        *people,
        ("参加の動機", [Row("希望する拠点", choices=offices), *_empty(Application, REASONS)]),
        ("応募についてのご連絡先", _empty(Application, CONTACT)),
    ]


def _rows(record: Any, names: Sequence[str]) -> list[Row]:
    """What is empty is left out."""
    return [Row(_label(record, name), text) for name in names if (text := _text(record, name))]


def _empty(model: Any, names: Sequence[str]) -> list[Row]:
    return [
        Row(_label(model, name), lines=LINES.get(name, 1), choices=_choices(name))
        for name in names
        if name not in NOT_ASKED
    ]


def _choices(name: str) -> tuple[str, ...]:
    choices: dict[str, Any] = {
        "in_tokyo": ["ある", "ない"],
        "sme_category": Application.SmeCategory.labels,
        "hopes_in_words": Application.Hope.labels,
        "source": Application.Source.labels,
        "industry": [f"{letter} {label}" for letter, label in japan.INDUSTRIES.items()],
    }
    return tuple(choices.get(name, ()))


def _person(person: Participant) -> list[Row]:
    name = [
        Row("氏名", f"{person.family_name} {person.given_name}"),
        Row("フリガナ", f"{person.family_kana} {person.given_kana}"),
    ]
    return [*name, *_rows(person, ATTENDING)]


def _label(record: Any, name: str) -> str:
    return LABELS.get(name) or str(record._meta.get_field(name).verbose_name)


def _text(record: Any, name: str) -> str:
    value = getattr(record, name)
    if isinstance(value, bool):
        return _said(value)
    display = getattr(record, f"get_{name}_display", None)
    return str(display() if display else "" if value is None else value)


def _said(value: bool) -> str:
    return "はい" if value else "いいえ"
