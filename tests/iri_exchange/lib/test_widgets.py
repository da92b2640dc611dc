"""The quick choice says what Django's own says."""

from django import forms
from django.utils.safestring import SafeString

from iri_exchange.lib.widgets import QuickSelect, drawn_quickly
from tests.strictness import parse_strictly

CHOICES = [("", "すべて"), ("a&b", "<あ>"), (1, "一")]


class Plain(forms.Form):
    kind = forms.ChoiceField(choices=CHOICES, required=False)


class Quick(Plain):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget.attrs["class"] = "x"
        drawn_quickly(self.fields["kind"])


def said(form) -> list[tuple[str, str, bool]]:
    html = SafeString(f"<!doctype html><title>t</title>{form['kind']}")
    tree = parse_strictly(html.encode())
    return [
        (option.get("value"), "".join(option.itertext()), option.get("selected") is not None)
        for option in tree.iter()
        if str(option.tag).endswith("option")
    ]


def test_the_same_options_are_chosen():
    for data in (None, {}, {"kind": "a&b"}, {"kind": "1"}, {"kind": "?"}):
        assert said(Quick(data)) == said(Plain(data)) != []


def test_only_plain_choices_are_drawn_so():
    form = Quick()
    assert isinstance(form.fields["kind"].widget, QuickSelect)
    assert 'class="x"' in str(form["kind"])
    field = forms.MultipleChoiceField(choices=CHOICES)
    drawn_quickly(field)
    assert not isinstance(field.widget, QuickSelect)
