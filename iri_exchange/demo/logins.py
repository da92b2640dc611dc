"""The three logins of the demo. Nothing else ever makes them."""

from django.contrib.auth.hashers import make_password

from members import accounts
from members.models import Person, User

PASSWORD = "koryu-demo-2026"
OFFICE = "office@demo.example.jp"
SECRETARY = "secretary@demo.example.jp"
MEMBER = "member@demo.example.jp"


def give(*, staff: Person, secretary: Person, member: Person) -> None:
    for email, person in ((OFFICE, staff), (SECRETARY, secretary), (MEMBER, member)):
        accounts.give_login(person=person, email=email, password=None)
    # Hashing is slow on purpose; once is enough.
    User.objects.filter(email__in=[OFFICE, SECRETARY, MEMBER]).update(password=make_password(PASSWORD))
