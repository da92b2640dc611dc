"""Looking at the portal as somebody else, to help: begun with a reason, ended by a button, listed for the office."""

from typing import ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from groups.visibility import people_visible_to
from iri_exchange.lib import access, asked
from iri_exchange.office.looking import KEPT_AS
from members import looking
from members.models import Look, Person


class LookForm(forms.ModelForm):
    class Meta:
        model = Look
        fields = ("why",)
        widgets: ClassVar = {"why": forms.TextInput}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True


@access.allowed("members.look_as", people_visible_to)
def person_look(request: HttpRequest, person: Person) -> HttpResponse:
    """GET says what it means to look, POST begins."""
    form = LookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        look = looking.start(looker=request.user, person=person, why=form.cleaned_data["why"])  # type: ignore[arg-type]
        request.session[KEPT_AS] = look.pk
        return redirect("my_page")
    context = {"person": person, "form": form, "address": looking.address_of(person)}
    return render(request, "iri_exchange/person_look.html", context)


@require_POST
@access.allowed("office.work")
def look_end(request: HttpRequest) -> HttpResponse:
    """Back to the own eyes; a second tap does no harm."""
    look = Look.objects.filter(pk=request.session.pop(KEPT_AS, None), looker=request.user.pk).first()
    if look is None:
        return redirect("office_looks")
    looking.end(look=look)
    messages.success(request, f"{look.person}さんの見え方で見るのを終えました。")
    return redirect("person", look.person_id)


@require_safe
@access.allowed("office.work")
@asked.knows("page")
def office_looks(request: HttpRequest) -> HttpResponse:
    looks = Look.objects.select_related("looker__person", "person")
    page = asked.page(looks, request.GET.get("page", ""))
    return render(request, "iri_exchange/office_looks.html", {"page": page})
