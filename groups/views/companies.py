"""The directory of companies."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from groups.filters import CompanyFilter
from groups.finding import companies_listed_for
from groups.profiles import company_profile
from groups.visibility import companies_visible_to, memberships_known_to
from iri_exchange.lib import access, asked, versions
from members import directory
from members.forms import CompanyForm
from members.models import Company


@access.public
@asked.knows(CompanyFilter, "page")
def company_list(request: HttpRequest) -> HttpResponse:
    """Members of a group today, with the groups that the reader may know; staff also find those that have left."""
    companies = companies_listed_for(request.user)
    known = memberships_known_to(request.user).select_related("group")
    listed = companies.prefetch_related(Prefetch("memberships", known, to_attr="groups"))
    chosen = CompanyFilter(request.GET, listed, request=request)
    page = asked.page(chosen.qs, request.GET.get("page", ""), capped=chosen.in_use)
    return render(request, "groups/company_list.html", {"filter": chosen, "page": page})


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
