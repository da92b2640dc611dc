"""The keys of a second step lie in the database unreadable, and fit only under the key they were set up with."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_key_cannot_be_read_in_the_database(member):
    secret = generate_totp_secret()
    TOTP.activate(member.user, secret)
    row = Authenticator.objects.get(user=member.user)
    assert secret not in repr(row.data)
    assert row.wrap().validate_code(code_of(secret))


def test_recovery_codes_cannot_be_read_in_the_database(member):
    codes = RecoveryCodes.activate(member.user)
    kept = repr(Authenticator.objects.get(user=member.user).data)
    left = codes.get_unused_codes()
    assert len(left) == 10
    assert [code for code in left if code in kept] == []
    assert codes.validate_code(left[0])


def test_under_another_key_no_code_fits_and_nothing_breaks(member, settings):
    secret = generate_totp_secret()
    TOTP.activate(member.user, secret)
    settings.SECRET_KEY = "the next one, after the first was lost"
    assert not Authenticator.objects.get(user=member.user).wrap().validate_code(code_of(secret))
