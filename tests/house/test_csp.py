"""What every answer tells the browser: nothing inline, nothing from elsewhere, nothing in a frame."""

import pytest

ANSWERS = [
    ("visitor", "/", 200),
    ("visitor", "/groups/keyaki/", 200),
    ("visitor", "/accounts/login/", 200),
    ("visitor", "/healthz", 200),
    ("visitor", "/no/such/page/", 404),
    ("visitor", "/my/", 302),
    ("member", "/office/", 403),
    ("member", "/groups/keyaki/roster.pdf", 200),
    ("staff", "/admin/", 200),
]


@pytest.mark.parametrize(("who", "path", "status"), ANSWERS)
def test_headers(who, path, status, group, request):
    answer = request.getfixturevalue(who).client.get(path)
    assert answer.status_code == status
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if part)
    assert "unsafe-" not in answer["Content-Security-Policy"]
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
