"""The cast is what conftest.py says it is."""

from datetime import date

from django.utils import timezone

from groups.standing import standing


def test_it_is_november(now):
    assert timezone.localdate() == date(2026, 11, 25)


def test_everybody_has_the_standing_of_their_part(
    group, other_group, launched_group, member, secretary, staff, outsider, left_member, adviser
):
    assert standing(member.user).member_of == {group.pk}
    assert standing(member.user).own_companies == {member.membership.company_id}
    assert standing(secretary.user).runs == {group.pk}
    assert standing(outsider.user).member_of == {other_group.pk}
    assert standing(left_member.user).insider_of == set()
    assert standing(adviser.user).adviser_of == {group.pk}
    assert standing(staff.user).is_staff
    assert not standing(secretary.user).is_staff
    assert launched_group.stage_on(timezone.localdate()) == "launched"
