"""The directory of companies."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from groups.finding import companies_listed_for, groups_beside
from groups.forms.filters import CompanyFilter
from groups.profiles import company_profile
from groups.visibility import companies_visible_to
from iri_exchange.lib import access, asked, versions
from members import directory
from members.forms import CompanyForm
from members.models import Company

# The columns of the list.
TOLD = ("name", "kana", "trade", "prefecture", "city", "products")


@access.public
@asked.knows(CompanyFilter, "page")
def company_list(request: HttpRequest) -> HttpResponse:
    """Members of a group today, with the groups that the reader may know; staff also find those that have left."""
    chosen = CompanyFilter(request.GET, companies_listed_for(request.user), request=request)
    rows = chosen.qs.only(*TOLD)
    page = asked.page(rows, request.GET.get("page", ""), capped=chosen.in_use)
    page.object_list = list(page.object_list)
    groups = groups_beside(page.object_list, request.user, chosen.another_day)
    lines = [(company, groups.get(company.pk, [])) for company in page.object_list]
    return render(request, "groups/company_list.html", {"filter": chosen, "page": page, "lines": lines})


@access.visible(companies_visible_to)
def company(request: HttpRequest, company: Company) -> HttpResponse:
    profile = company_profile(company, request.user)
    return render(request, "groups/company.html", {"company": company, "profile": profile})


@access.allowed("members.edit_company", companies_visible_to)
@versions.in_turn
def company_edit(request: HttpRequest, company: Company) -> HttpResponse:
    name = company.name
    form = CompanyForm(request.POST or None, instance=company)
    if request.method == "POST" and form.is_valid():
        former = timezone.localdate() if form.cleaned_data["keep_old_name"] else None
        directory.change_company(company=company, keep_old_name_until=former)
        messages.success(request, f"{company.name}を保存しました。")
        if form.full_name:
            messages.warning(
                request,
                f"企業名が略して書いてあります。登記の名前が「{form.full_name}」でしたら、もう一度直してください。",
            )
        return redirect("company", company.pk)
    return render(request, "groups/company_edit.html", {"form": form, "company": company, "name": name})
