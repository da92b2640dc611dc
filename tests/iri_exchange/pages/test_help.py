"""使い方: the same page for everybody, with whom to ask."""

import pytest
from django.urls import reverse

from tests.strictness import parse_strictly


@pytest.mark.parametrize("who", ["visitor", "member", "staff"])
def test_page(who, office, request):
    office.phone = "042-500-0001"
    office.save()
    answer = request.getfixturevalue(who).client.get(reverse("help"))
    assert answer.status_code == 200
    tree = parse_strictly(answer.content)
    assert [h1.text for h1 in tree.iter("h1")] == ["使い方"]
    assert "tel:042-500-0001" in [link.get("href") for link in tree.iter("a")]
