"""How crispy draws a field: label, hint, input, what is wrong; and what a screen reader is told of it."""

import pytest
from django import forms
from django.template import Context, Template

from tests.strictness import parse_strictly

KINDS = {
    "text": forms.CharField(label="名", help_text="例：花子"),
    "long": forms.CharField(label="文", help_text="400字まで", widget=forms.Textarea),
    "choice": forms.ChoiceField(label="選ぶ", help_text="一つ", choices=[("", "—"), ("a", "あ")]),
    "radio": forms.ChoiceField(label="丸", help_text="一つ", choices=[("a", "あ")], widget=forms.RadioSelect),
    "many": forms.MultipleChoiceField(
        label="いくつも", help_text="いくつでも", choices=[("a", "あ")], widget=forms.CheckboxSelectMultiple
    ),
    "file": forms.FileField(label="紙", help_text="5MBまで"),
}


def form_of(fields, data=None):
    return type("OneForm", (forms.Form,), fields)(data)


def drawn(form):
    return Template("{% load crispy_forms_tags %}<!doctype html><title>t</title>{{ form|crispy }}").render(
        Context({"form": form})
    )


@pytest.mark.parametrize("kind", KINDS)
def test_label_hint_input_error_in_this_order(kind):
    html = drawn(form_of({kind: KINDS[kind]}, {}))
    marks = ["form-label", "form-text", f'name="{kind}"', "invalid-feedback"]
    places = [html.index(mark) for mark in marks]
    assert places == sorted(places)
    assert html.count("form-text") == html.count('class="invalid-feedback"') == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("data", [None, {}])
def test_is_strict_html_and_every_described_id_exists(kind, data):
    tree = parse_strictly(drawn(form_of({kind: KINDS[kind]}, data)))
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    described = [id for element in tree.iter() for id in (element.get("aria-describedby") or "").split()]
    assert set(described) - set(ids) == set()
    labelled = [element.get("for") for element in tree.iter("label")]
    assert set(labelled) - set(ids) == set()


def test_tick_has_its_sentence_before_its_hint():
    html = drawn(
        form_of({"tick": forms.BooleanField(label="受け付ける", help_text="いつでも変えられます")}, {})
    )
    places = [
        html.index(mark) for mark in ("form-check-input", "form-check-label", "form-text", "invalid-feedback")
    ]
    assert places == sorted(places)


def test_optional_and_required_are_told_apart():
    fields = {"need": forms.CharField(label="名"), "free": forms.CharField(label="部署", required=False)}
    tree = parse_strictly(drawn(form_of(fields)))
    assert [label.get("class") for label in tree.iter("label")] == ["form-label requiredField", "form-label"]


def test_stored_file_is_not_linked():
    class Stored:
        url = "/media/secret.png"

        def __str__(self):
            return "secret.png"

    form = type("OneForm", (forms.Form,), {"logo": forms.FileField(label="ロゴ", required=False)})(
        initial={"logo": Stored()}
    )
    html = drawn(form)
    assert "secret" not in html
    assert 'name="logo-clear"' in html


def test_what_concerns_the_whole_form_is_no_place():
    form = form_of({}, {})
    form.add_error(None, "もう一度押してください。")
    html = Template('{% include "_components/error_summary.html" %}').render(Context({"form": form}))
    assert ("お確かめください</h2>" in html, "もう一度押してください。" in html, "か所" in html) == (
        True,
        True,
        False,
    )


def test_summary_links_to_every_wrong_field_in_order():
    fields = {"name": KINDS["text"], "kind": KINDS["radio"]}
    form = form_of(fields, {})
    form.add_error(None, "どちらかを入れてください。")
    html = Template(
        '{% include "_components/error_summary.html" %}{% load crispy_forms_tags %}{{ form|crispy }}'
    ).render(Context({"form": form}))
    tree = parse_strictly(f"<!doctype html><title>t</title>{html}")
    assert [h2.text for h2 in tree.iter("h2")] == ["2か所、直してください"]
    assert next(li.text for li in tree.iter("li")) == "どちらかを入れてください。"
    links = [link.get("href") for link in tree.iter("a")]
    assert links == ["#id_name", "#div_id_kind"]
    ids = {element.get("id") for element in tree.iter()}
    assert {link[1:] for link in links} <= ids
