"""An applicant at the keyboard: what is typed into the form, what the browser sends, which link is in the letter."""

import datetime
import re
from typing import Any

import time_machine
from django.test import Client
from django.utils import timezone

from groups.forms.applying import LEAST_SECONDS
from groups.models import RecruitmentRound
from members.models import Letter

YEAR = 2026
FORM = f"/recruitment/{YEAR}/apply/"
TYPED: dict[str, Any] = {
    "name": "株式会社みなも計器",
    "kana": "みなもけいき",
    "postal_code": "１９００００２",
    "prefecture": "東京都",
    "city": "立川市",
    "street": "幸町７－１",
    "phone": "０４２－６００－７７０１",
    "industry": "E",
    "sme_category": "manufacturing",
    "employees": "４２名",
    "products": "水位計、流量計",
    "p1_family_name": "水面",
    "p1_given_name": "渡",
    "p1_family_kana": "ミナモ",
    "p1_given_kana": "ﾜﾀﾙ",
    "motive": "計器のほかの分野の方と、月に一度、話をしたいと思いました。",
    "hopes": ["people", "development"],
    "contact_email": "minamo@example.jp",
    "no_antisocial_ties": "on",
    "consent_purpose": "on",
    "consent_roster": "on",
}


def opened(browser: Client, **changes: Any) -> dict[str, Any]:
    """The form opened and filled in: what is sent with it. A change to None leaves a field empty."""
    form = browser.get(FORM).context["form"]
    round_ = RecruitmentRound.objects.filter(fiscal_year=YEAR).first()
    assert round_ is not None
    typed = TYPED | {"round": round_.pk, "mark": form.mark_now, "seen_texts": form.texts_now} | changes
    return {name: value for name, value in typed.items() if value is not None}


def sent(browser: Client, **changes: Any) -> Any:
    """The answer to the last button, after as long as it takes to type."""
    data = opened(browser, **changes)
    with later():
        return browser.post(FORM, data | {"step": "send"})


def later(seconds: int = LEAST_SECONDS + 1) -> Any:
    return time_machine.travel(timezone.now() + datetime.timedelta(seconds=seconds))


def link_in(kind: str) -> str:
    """The address in the newest letter of a kind, without the site."""
    letter = Letter.objects.filter(kind=f"groups/application_{kind}").latest("pk")
    found = re.search(r"http://[^/\s]+(/\S+)", letter.text)
    assert found is not None
    return found[1]


def received(browser: Client, **changes: Any) -> str:
    """Sent and confirmed: the address of the application's page."""
    sent(browser, **changes)
    with later(60):
        answer = browser.post(link_in("confirm"))
    assert answer.status_code == 302
    return str(answer["Location"])
