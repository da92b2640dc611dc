"""What nobody sees, what is too long, what does not exist: a sentence or a page, never an error."""

import inspect
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groups.models import ImportBatch
from iri_exchange.lib.fields import LineField
from tests.groups.batches import many, report_of
from tests.house.portal.sent_forms import SentForm
from tests.house.portal.world import OWN, World
from tests.urlmap import addresses

pytestmark = pytest.mark.usefixtures("an_hour_later")
UNSEEN = {"zero-width": "\u200b", "bidi": "\u202e", "control": "\x00"}
OUR_APPS = ("iri_exchange.", "groups.", "members.", "events.")
HUGE = "99999999999999999999"
BAD_PAGES = ["-1", "0", "abc", "9999999", HUGE, "", "１", "\u200b"]
BAD_VALUES = ["\u200b", "\u202e", "\x00", "nope", HUGE, "2026-13-45", "😀", "長" * 5000, "%s", "'\""]
SENTENCES = ("目に見えない文字", "一覧から選んで", "日付")
LISTS = [
    address for address in addresses() if hasattr(address.view, "known") and address.name != "demo_letters"
]


def test_the_forms_are_found(all_forms):
    """The crawl itself: a form of each kind."""
    sent = {f"{form.method} {form.url.split('?')[0]}" for form in all_forms}
    assert {
        "post /groups/new/",
        "post /groups/keyaki/edit/",
        "post /groups/keyaki/import/",
        "post /office/book/",
        "post /accounts/login/",
        "get /companies/",
        "get /office/members/",
        "get /office/exports/",
    } <= sent
    assert len(sent) > 50


# ── characters that nobody sees ──────────────────────────────────────────────


def every_form() -> list[type[forms.BaseForm]]:
    _ = get_resolver().url_patterns  # everything is imported now
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        each = waiting.pop()
        waiting += each.__subclasses__()
        if each.__module__.startswith(OUR_APPS):
            found.add(each)
    return sorted(found, key=lambda form: f"{form.__module__}.{form.__qualname__}")


def careless(form: type[forms.BaseForm]) -> list[str]:
    """The text fields of a form that take what nobody sees."""
    return [
        f"{form.__module__}.{form.__qualname__}.{name}: {kind}"
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput)
        for kind, character in UNSEEN.items()
        if not _refuses(form, name, field, f"12{character}34")
    ]


def _refuses(form: type[forms.BaseForm], name: str, field: forms.Field, text: str) -> bool:
    model = getattr(getattr(form, "_meta", None), "model", None)
    own = next((each for each in model._meta.fields if each.name == name), None) if model else None
    for clean in (field.clean, *([own.to_python, own.run_validators] if own else [])):
        try:
            clean(text)
        except ValidationError as error:
            return bool(error.messages)
    return False


def test_every_text_field_of_every_form_refuses_them():
    assert [fault for form in every_form() for fault in careless(form)] == []


def test_a_planted_careless_field_is_found():
    planted = type("Planted", (forms.Form,), {"good": LineField(), "bad": forms.CharField()})
    assert [fault.rpartition(".")[2] for fault in careless(planted)] == ["bad: zero-width", "bad: bidi"]


def test_variation_selectors_are_kept():
    assert LineField().clean("葛\U000e0100飾 禰󠄀豆") == "葛\U000e0100飾 禰󠄀豆"


def complaints(answer: Any) -> set[str]:
    """The names of the fields about which the page says something."""
    wrong = set()
    for context in answer.context or ():
        for value in context.flatten().values() if hasattr(context, "flatten") else ():
            form = value if isinstance(value, forms.BaseForm) else getattr(value, "form", None)
            if isinstance(form, forms.BaseForm) and form.is_bound:
                wrong |= {input_ for name in form.errors for input_ in inputs_of(form, name)}
    return wrong


def inputs_of(form: forms.BaseForm, name: str) -> list[str]:
    """The inputs of a field: a moment has two, for its day and its time."""
    widget = form.fields[name].widget if name in form.fields else None
    parts = widget.widgets_names if isinstance(widget, forms.MultiWidget) else [""]
    return [form.add_prefix(name) + part for part in parts]


def refused(form: SentForm, character: str) -> bool:
    """Whether each field in which one types says so, or the page as a whole."""
    client = form.browser()
    with transaction.atomic():
        answer = form.send(client, **dict.fromkeys(form.typed, f"12{character}34"))
        back = answer.status_code == 302 and answer.url.split("?")[0] == form.url.split("?")[0]
        page = client.get(answer.url) if back else answer
        transaction.set_rollback(True)
    if page.status_code in (302, 500):
        return False
    said = "目に見えない文字" in page.content.decode(errors="replace")
    return said if back else said or set(form.typed) <= complaints(page)


@pytest.mark.parametrize("kind", UNSEEN)
def test_every_page_says_so(world, all_forms, kind):
    typed = [form for form in all_forms if form.typed]
    assert [str(form) for form in typed if not refused(form, UNSEEN[kind])] == []


@pytest.mark.parametrize(
    "text", ["長" * 1_500, "😀🏭👩\u200d👩\u200d👧", "ab😀"], ids=["long", "faces", "face"]
)
def test_no_text_makes_a_page_fall(world, all_forms, text):
    """Sent by an address, a longer text does not reach us; by a form, a page of text is one of any length."""
    fell = []
    for form in all_forms:
        typed = text * 20 if form.method == "post" and len(text) > 1_000 else text
        with transaction.atomic():
            answer = form.send(form.browser(), **dict.fromkeys(form.typed, typed))
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            fell.append(str(form))
    assert fell == []


# ── what does not exist ──────────────────────────────────────────────────────


def test_the_lists_are_known():
    assert {address.name for address in LISTS} >= {
        "company_list",
        "group_list",
        "group_members",
        "group_exports",
        "import_preview",
        "office_exports",
        "office_imports",
        "office_members",
    }


def turn_pages_unheard() -> list[str]:
    """The pages that turn pages, or filter, and do not say what they do not understand."""
    return [
        address.name
        for address in addresses()
        if address.is_ours
        and not hasattr(address.view, "known")
        and any(
            word in inspect.getsource(inspect.unwrap(address.view)) for word in ("asked.page(", "Filter(")
        )
    ]


def test_every_list_says_what_it_does_not_understand():
    assert turn_pages_unheard() == []


@pytest.fixture
def with_a_read_upload(world) -> None:
    """The upload of the world has been read, so that its page is a list."""
    report = report_of(*many(120)).as_json()
    ImportBatch.objects.update(state=ImportBatch.State.PREVIEWED, report=report)


LISTERS = ("staff", "secretary")


def listed(world: World, address: Any, **asked: Any) -> Any:
    """As the office sees it; what is a group's own, as its secretary does."""
    answers = (world.actors[who].client.get(address.path(world.objects[OWN]), asked) for who in LISTERS)
    return next((answer for answer in answers if answer.status_code not in (403, 404)), None)


@pytest.mark.parametrize("address", LISTS, ids=lambda address: address.name)
def test_a_list_answers_whatever_it_is_asked(world, with_a_read_upload, address):
    for page in BAD_PAGES:
        assert listed(world, address, page=page).status_code == 200, f"page={page!r}"
    for name in address.view.known - {"page", "still"}:
        for value in BAD_VALUES:
            answer = listed(world, address, **{name: value})
            assert answer.status_code == 200, f"{name}={value[:20]!r}"
            if value == "\u200b" or (value == "nope" and not is_a_search(answer, name)):
                assert any(sentence in answer.content.decode() for sentence in SENTENCES), f"{name}={value!r}"
    said = listed(world, address, sort="x", colour="red", **{"\u200b": "1"}).content.decode()
    assert "並べ方は選べません" in said
    assert "「colour」というしぼり込みはありません" in said


def is_a_search(answer: Any, name: str) -> bool:
    """Whether any word may be typed there."""
    chosen = answer.context.get("filter")
    field = chosen.form.fields.get(name) if chosen else None
    return isinstance(field, forms.CharField) or name in ("q", "whom")


def test_what_is_understood_is_kept_beside_what_is_not(world):
    client = world.actors["staff"].client
    asked = {"group": "keyaki", "status": "nope", "sort": "x", "q": "\u200b"}
    page = client.get("/office/members/", asked)
    groups = {membership.group.slug for membership in page.context["page"]}
    assert groups == {"keyaki"}


def test_ids_that_no_database_holds_are_not_found(world):
    objects = {
        key: HUGE if key.endswith((":pk", ":object_id", ":question")) else value
        for key, value in (world.objects[OWN] | {"admin/:object_id": HUGE}).items()
    }
    fell = []
    for address in addresses():
        if not any(each in address.parameters for each in ("pk", "object_id")) or not address.has_objects(
            objects
        ):
            continue
        url = address.path(objects)
        answer = world.actors["staff"].client.get(url)
        if answer.status_code not in (404, 405, 302, 403):
            fell.append(f"{url}: {answer.status_code}")
    assert fell == []


QUESTIONS = st.dictionaries(
    st.sampled_from(["q", "page", "group", "office", "status", "date", "since", "until", "sort", "x", "gap"]),
    st.text(max_size=40) | st.sampled_from([*BAD_PAGES, *BAD_VALUES, "keyaki", "left", "2026-04-01"]),
    max_size=5,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(asked=QUESTIONS)
def test_any_question_is_answered(world, asked):
    for address in LISTS:
        assert listed(world, address, **asked).status_code == 200, address.name
