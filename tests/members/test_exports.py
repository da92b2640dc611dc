"""Every copy of a list is written down, and numbered within its list."""

import datetime

from members import exports
from members.models import Export

DAY = datetime.date(2026, 11, 25)


def log(group, user, subject, **fields) -> Export:
    return exports.log(
        about=group,
        subject=subject,
        by=user,
        variant="member",
        file_format="pdf",
        as_of=DAY,
        columns=("number", "company"),
        row_count=21,
        **fields,
    )


def test_numbers_run_within_a_list(group, other_group, staff):
    copies = [
        log(group, staff.user, "groups/keyaki/roster"),
        log(other_group, staff.user, "groups/minato/roster"),
        log(group, staff.user, "groups/keyaki/roster", purpose="総会", receiver="濵田 隆"),
    ]
    assert [(copy.subject, copy.copy_number, copy.purpose, copy.receiver) for copy in copies] == [
        ("groups/keyaki/roster", 1, "未記入", ""),
        ("groups/minato/roster", 1, "未記入", ""),
        ("groups/keyaki/roster", 2, "総会", "濵田 隆"),
    ]


def test_what_left_and_when_is_kept(group, staff):
    copy = Export.objects.get(pk=log(group, staff.user, "groups/keyaki/roster").pk)
    assert (copy.taken_by, copy.as_of, copy.columns, copy.row_count) == (
        staff.user,
        DAY,
        ["number", "company"],
        21,
    )
    assert f"{copy.taken_at:%Y-%m-%d %H:%M}" == "2026-11-25 01:00"  # UTC
