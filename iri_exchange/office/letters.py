"""Letters, for the office: what went out, what did not and why, and which addresses take none. In the demo, for all."""

from typing import Any, ClassVar

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from groups.forms.filters import ListFilter, search_field
from groups.visibility import letters_on_show, letters_visible_to
from groups.visible_records import suppressions_visible_to
from iri_exchange.lib import access, asked, search
from members import bounces, letter_kinds, letters
from members.models import Letter, Person, Suppression


class LetterFilter(ListFilter):
    """By what became of it, kind, and to whom."""

    q = search_field("あて先・氏名でさがす", "by_whom")
    state = django_filters.ChoiceFilter(label="状態", choices=Letter.State.choices, empty_label="すべて")
    kind = django_filters.ChoiceFilter(
        label="種類",
        choices=[(each.key, each.label) for each in (*letter_kinds.KINDS.values(), letter_kinds.OTHER)],
        empty_label="すべて",
    )

    class Meta:
        model = Letter
        fields: ClassVar[list[str]] = []

    def by_whom(self, queryset: QuerySet[Letter], name: str, value: str) -> QuerySet[Letter]:
        named = search.matching(value, lambda key: search.having(Person, key, "person"))
        return queryset.filter(named | Q(to__icontains=value.strip()))


@access.allowed("office.work")
@asked.knows(LetterFilter, "page")
def office_letters(request: HttpRequest) -> HttpResponse:
    seen = letters_visible_to(request.user)
    chosen = LetterFilter(request.GET, seen.defer("text", "html").select_related("person"))
    page = asked.page(chosen.qs, request.GET.get("page", ""))
    counts = dict(seen.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "filter": chosen,
        "page": page,
        "letters": [(letter, letter_kinds.of(letter.kind).label) for letter in page],
        "counts": [(state, label, counts[state]) for state, label in Letter.State.choices if state in counts],
        "stopped_addresses": suppressions_visible_to(request.user).filter(lifted_at=None).count(),
    }
    return render(request, "iri_exchange/office_letters.html", context)


@access.allowed("office.work", letters_visible_to)
def office_letter(request: HttpRequest, letter: Letter) -> HttpResponse:
    kind = letter_kinds.of(letter.kind)
    context = {
        "letter": letter,
        "kind": kind,
        "may_be_sent_again": letters.can_be_sent_again(letter),
        "waits": letter.state in (Letter.State.QUEUED, Letter.State.SENDING),
        "can_have_come_back": letter.state == Letter.State.SENT,
        "bounces": letter.bounces.select_related("reported_by"),
        "stop": bounces.suppression_of(letter.to),
    }
    return render(request, "iri_exchange/office_letter.html", context)


@require_POST
@access.allowed("office.work", letters_visible_to)
def office_letter_again(request: HttpRequest, letter: Letter) -> HttpResponse:
    try:
        again = letters.send_again(letter=letter)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("office_letter", letter.pk)
    said = "新しいリンクで書きなおしました。" if letter.is_secret else "もう一度送ります。"
    messages.success(request, said)
    return redirect("office_letter", again.pk)


@require_POST
@access.allowed("office.work", letters_visible_to)
def office_letter_returned(request: HttpRequest, letter: Letter) -> HttpResponse:
    try:
        letters.came_back(letter=letter, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "届かなかったことを記録しました。")
    return redirect("office_letter", letter.pk)


@access.allowed("office.work")
@asked.knows("page")
def office_addresses(request: HttpRequest) -> HttpResponse:
    """Addresses that take no letters, those that stopped last first; then those that do again."""
    rows = suppressions_visible_to(request.user).select_related("lifted_by__person")
    page = asked.page(
        rows.order_by(F("lifted_at").desc(nulls_first=True), "-since", "-pk"), request.GET.get("page", "")
    )
    return render(request, "iri_exchange/office_addresses.html", {"page": page, "stops": with_people(page)})


@require_POST
@access.allowed("office.work", suppressions_visible_to)
def office_address_lift(request: HttpRequest, suppression: Suppression) -> HttpResponse:
    bounces.lift(suppression=suppression, by=request.user)
    messages.success(
        request, "このアドレスに、また送ります。止まっていた手紙は、手紙の一覧から送りなおしてください。"
    )
    return redirect("office_addresses")


@access.public
@asked.knows("page")
def demo_letters(request: HttpRequest) -> HttpResponse:
    """What the demo would have sent, the newest first. Elsewhere there is no such page."""
    if not letters.are_shown():
        raise Http404
    page = asked.page(letters_on_show(request.user).defer("text", "html"), request.GET.get("page", ""))
    return render(request, "iri_exchange/demo_letters.html", {"page": page})


@access.visible(letters_on_show)
def demo_letter(request: HttpRequest, letter: Letter) -> HttpResponse:
    return render(request, "iri_exchange/demo_letter.html", {"letter": letter})


def with_people(stops: Any) -> list[tuple[Suppression, list[Any]]]:
    """Each with the people who have that address in the directory; two queries."""
    people: dict[str, list[Any]] = {}
    for person in Person.objects.filter(email__in=[stop.address for stop in stops]).order_by("sort_key"):
        people.setdefault(person.email.lower(), []).append(person)
    return [(stop, people.get(stop.address, [])) for stop in stops]
