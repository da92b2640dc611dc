"""The directory in the admin: companies, people, consents, log-ins."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from iri_exchange.lib.admin import HouseAdmin, HouseInline
from members import accounts, companies, directory, exports, invitations, second_step
from members.admin_forms import (
    ChangeCompanyForm,
    ChangeFormerNameForm,
    LoginForm,
    NewCompanyForm,
    NewLoginForm,
    NewPersonForm,
)
from members.forms import CompanyForm, PersonForm
from members.models import Company, Consent, ConsentText, Employment, Export, FormerName, Look, Person, User


class FormerNameInline(HouseInline):
    model = FormerName
    related = ("company",)


class EmploymentInline(HouseInline):
    model = Employment
    autocomplete_fields = ("company",)
    related = ("company", "person")
    verbose_name_plural = "所属（変わったら、新しい行を加えます）"


class StaffInline(EmploymentInline):
    """Who belongs, or belonged, to the company."""

    read_only = True
    verbose_name_plural = "所属した人（変えるときは、人のページから）"


class CompanyConsentInline(HouseInline):
    model = Consent
    fields = ("kind", "given", "since", "text", "note")
    related = ("text", "person", "company")
    show_change_link = False
    verbose_name_plural = "同意（答えが変わったら、新しい行を加えます）"


class PersonConsentInline(CompanyConsentInline):
    pass


class CompanyAdmin(HouseAdmin):
    """Registered by the groups' admin, which adds what it knows of a company. Its state moves by verbs."""

    form, verb_form = ChangeCompanyForm, NewCompanyForm
    list_display = ("name", "kana", "trade", "city", "phone", "status")
    list_filter = ("status", "industry", "sme_category", "prefecture")
    search_fields = ("search_key",)
    number_fields = ("phone", "fax", "corporate_number")
    readonly_fields = ("status",)
    inlines = (FormerNameInline, StaffInline, CompanyConsentInline)
    page = ("company", "pk")

    def get_fields(self, request: HttpRequest, obj: Company | None = None) -> Any:
        return [*CompanyForm.Meta.fields, *(["status"] if obj else [])]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A former name that was added is one the company is found by."""
        super().save_formset(request, form, formset, change)
        if formset.model is FormerName and formset.new_objects:
            companies.find_by_former_names(company=form.instance)


class PersonAdmin(HouseAdmin):
    """Registered by the groups' admin, which adds what it knows of a person."""

    verb_form = NewPersonForm
    list_display = ("name", "kana", "title", "email", "phone", "confirmed_on")
    list_filter = ("contact_method", "age_band", "confirmed_on")
    search_fields = ("search_key",)
    number_fields = ("phone", "fax")
    inlines = (EmploymentInline, PersonConsentInline)
    page = ("person", "pk")

    def get_fields(self, request: HttpRequest, obj: Person | None = None) -> Any:
        return [*PersonForm.Meta.fields, *(["confirmed_on"] if obj else ["company", "since"])]

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and directory.leave_address(person=obj, address=form.initial["email"]):
            messages.warning(request, invitations.WENT_TO_THE_OLD_ADDRESS)

    @admin.display(description="氏名", ordering="sort_key")
    def name(self, person: Person) -> str:
        return person.name

    @admin.display(description="フリガナ", ordering="sort_key")
    def kana(self, person: Person) -> str:
        return person.kana


@admin.register(FormerName)
class FormerNameAdmin(HouseAdmin):
    form = ChangeFormerNameForm
    list_display = ("name", "company", "until")
    search_fields = ("company__search_key",)
    autocomplete_fields = ("company",)
    list_select_related = ("company",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A name never goes over to another company."""
        return ("company",) if obj else ()

    def save_model(self, request: HttpRequest, obj: FormerName, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        companies.find_by_former_names(company=obj.company)


@admin.register(Employment)
class EmploymentAdmin(HouseAdmin):
    list_display = ("person", "company", "since")
    search_fields = ("person__search_key", "company__search_key")
    autocomplete_fields = ("person", "company")
    list_select_related = ("person", "company")


@admin.register(Consent)
class ConsentAdmin(HouseAdmin):
    """Dated answers: a new answer is a new row."""

    add_only = True
    list_display = ("who", "kind", "given", "since", "note")
    list_filter = ("kind", "given", "since")
    search_fields = ("person__search_key", "company__search_key")
    autocomplete_fields = ("person", "company")
    list_select_related = ("person", "company")

    @admin.display(description="人・企業")
    def who(self, consent: Consent) -> str:
        return str(consent.person or consent.company)


@admin.register(ConsentText)
class ConsentTextAdmin(HouseAdmin):
    """A wording people agreed to is never changed; a new wording is a new version."""

    add_only = True
    list_display = ("kind", "version", "text")
    list_filter = ("kind",)


@admin.register(Export)
class ExportAdmin(HouseAdmin):
    """The log of the copies. Whom a copy tells of stands on its page, for that may be thousands."""

    read_only = True
    folded = False
    list_display = (
        "taken_at",
        "taken_by",
        "list_name",
        "subject",
        "copy_number",
        "variant",
        "file_format",
        "row_count",
        "receiver",
        "purpose",
    )
    list_filter = ("variant", "file_format", "taken_at")
    list_select_related = ("taken_by__person",)
    search_fields = ("subject", "receiver", "purpose")
    fields = (
        *("list_name", "subject", "copy_number", "variant", "file_format", "as_of", "columns", "row_count"),
        *("taken_at", "taken_by", "receiver", "purpose", "whom"),
    )

    @admin.display(description="名簿")
    def list_name(self, copy: Export) -> str:
        return exports.list_of(copy)

    @admin.display(description="載っている人・企業")
    def whom(self, copy: Export) -> str:
        return format_html('<a href="{}">載っている人を見る</a>', reverse("export", args=[copy.pk]))


@admin.register(Look)
class LookAdmin(HouseAdmin):
    """Written by looking, read here; the office's list says the same in words."""

    read_only = True
    list_display = ("started_at", "looker", "person", "why", "ended_at")
    list_filter = ("started_at",)
    list_select_related = ("looker__person", "person")
    search_fields = ("person__search_key", "looker__person__search_key")


@admin.register(User)
class UserAdmin(HouseAdmin):
    """Who may log in. No passwords here: people set their own by パスワードを忘れたとき."""

    rule = "office.install"
    verb_form = NewLoginForm
    form = LoginForm
    folded = False
    list_display = ("email", "person", "is_active", "is_superuser", "last_login", "joined_at")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("email", "person__search_key")
    autocomplete_fields = ("person",)
    list_select_related = ("person",)
    ordering: ClassVar = ["email"]

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Who only installs the portal does not look through its people."""
        whose = ["person"] if request.user.has_perm("office.administer") else []
        return ["email", *whose, "is_active", *(["forget_second_step"] if obj else [])]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if change:
            accounts.change_login(user=obj)
            if form.cleaned_data["forget_second_step"]:
                second_step.forget_second_step(user=obj)
            return
        text = (
            f"{obj.email}の方は、ログイン画面の「パスワードを忘れたとき」からパスワードを決めると使えます。"
        )
        messages.success(request, text)
