"""A record's own field outside of its form refuses as the record does."""

import pytest
from django.core.exceptions import ValidationError

from groups.forms.parts import StoredField
from members.models import Person

UNSEEN = {"zero-width": "\u200b", "bidi": "\u202e", "control": "\x00"}


@pytest.mark.parametrize("character", UNSEEN.values(), ids=UNSEEN)
def test_every_character_that_nobody_sees_is_refused_in_the_same_words(character):
    with pytest.raises(ValidationError) as refused:
        StoredField(Person, "family_name").clean(f"青{character}葉")
    assert refused.value.messages == ["目に見えない文字が入っています。消して入れ直してください。"]


@pytest.mark.parametrize("empty", ["", " ", None])
def test_what_is_required_says_what_is_missing(empty):
    with pytest.raises(ValidationError) as refused:
        StoredField(Person, "family_name", required=True).clean(empty)
    assert refused.value.messages == ["氏を入れてください。"]
    assert StoredField(Person, "family_name", required=False).clean(empty) == ""
