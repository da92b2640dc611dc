"""The admin's forms for the directory and its log-ins; new records are made by the directory's verbs."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils import timezone

from iri_exchange.lib.admin import VerbForm
from iri_exchange.lib.fields import DayFormField
from iri_exchange.lib.versions import Versioned
from members import accounts, directory
from members.forms import CompanyForm, PersonForm
from members.models import Company, Employment, Person, User


class ChangeCompanyForm(Versioned):
    class Meta:
        model = Company
        fields = CompanyForm.Meta.fields
        labels: ClassVar = CompanyForm.Meta.labels


class ChangeFormerNameForm(Versioned):
    lock = "company"


class NewCompanyForm(VerbForm):
    class Meta(ChangeCompanyForm.Meta):
        pass

    def act(self) -> Company:
        return directory.register_company(**self.cleaned_data)


class NewPersonForm(VerbForm):
    """A person, with the company they belong to from a day on."""

    company = forms.ModelChoiceField(
        label="所属企業",
        queryset=Company.objects.all(),
        required=False,
        widget=AutocompleteSelect(Employment._meta.get_field("company"), admin.site),
        help_text="会社に属さない方は、空けておきます。",
    )
    since = DayFormField(
        label="いつから", required=False, help_text="所属のはじまった日。例：2026-04-01、R8.4.1"
    )

    class Meta:
        model = Person
        fields = PersonForm.Meta.fields

    def act(self) -> Person:
        asked: dict[str, Any] = dict(self.cleaned_data)
        since = asked.pop("since")
        if asked["company"] and not since:
            raise ValidationError("その会社に、いつから所属しているかを入れてください。")
        return directory.register_person(since=since or timezone.localdate(), **asked)


class NewLoginForm(VerbForm):
    class Meta:
        model = User
        fields = ("email", "person", "is_active")

    def act(self) -> User:
        return accounts.give_login(password=None, **{"person": None} | self.cleaned_data)


class LoginForm(Versioned):
    forget_second_step = forms.BooleanField(
        label="二段階認証を外す",
        required=False,
        help_text="機器も予備コードもなくした方のために。本人であることを確かめてから、印をつけて保存します。",
    )

    class Meta:
        model = User
        fields = ("email", "person", "is_active")
        help_texts: ClassVar = {
            "email": "変えると、いまのパスワードと二段階認証は消え、開いている画面もすべてログアウトします。"
            "新しいアドレスの方は、メールのコードか「パスワードを忘れたとき」から入れます。",
        }
