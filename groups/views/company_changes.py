"""What happens to a company from a day on: a new name, a new place, its end; and what was kept of it, put right."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from groups import closing
from groups.forms.closing import CloseForm
from groups.visibility import companies_visible_to
from groups.visible_records import former_addresses_visible_to, former_names_visible_to
from iri_exchange.lib import access, japan, versions
from members import companies
from members.company_forms import FormerNameForm, MoveForm, RenameForm
from members.models import Company, CompanyClosing, FormerAddress, FormerName


@access.allowed("members.edit_company", companies_visible_to)
@versions.in_turn
def company_rename(request: HttpRequest, company: Company) -> HttpResponse:
    name = company.name
    form = RenameForm(request.POST or None, instance=company, initial={"name": "", "kana": ""})
    if request.method == "POST" and form.is_valid() and (renamed := form.act()):
        messages.success(request, f"{renamed.name}に変えました。「{name}」は旧社名として残り、さがせます。")
        return redirect("company", company.pk)
    return render(request, "groups/company_rename.html", {"company": company, "name": name, "form": form})


@access.allowed("members.edit_company", companies_visible_to)
@versions.in_turn
def company_move(request: HttpRequest, company: Company) -> HttpResponse:
    now = Company.objects.get(pk=company.pk)
    form = MoveForm(request.POST or None, instance=company)
    if request.method == "POST" and form.is_valid() and form.act():
        messages.success(request, f"{now.name}の所在地と連絡先を変えました。前の所在地は、記録に残ります。")
        return redirect("company", company.pk)
    return render(request, "groups/company_move.html", {"company": now, "form": form})


@access.allowed("members.close_company", companies_visible_to)
def company_close(request: HttpRequest, company: Company) -> HttpResponse:
    """GET shows what would end, POST ends it; for a company that is closed already, how that is taken back."""
    if closed := CompanyClosing.objects.filter(company=company).select_related("merged_into").first():
        context = {"company": company, "closing": closed, "ended": closing.ended_by(closed)}
        return render(request, "groups/company_closed.html", context)
    form = CloseForm(request.POST or None, company=company)
    if request.method == "POST" and form.is_valid() and (closed := form.act()):
        messages.success(request, f"{company.name}の{closed.get_status_display()}を登録しました。")
        return redirect("company", company.pk)
    return render(request, "groups/company_close.html", {"company": company, "form": form})


@require_POST
@access.allowed("members.close_company", companies_visible_to)
def company_reopen(request: HttpRequest, company: Company) -> HttpResponse:
    """The closing was a mistake: everything that ended with it comes back."""
    closed = CompanyClosing.objects.filter(company=company).first()
    try:
        back = closing.take_back(closing=closed) if closed else []
    except ValidationError as error:
        messages.error(request, f"取り消していません。{' '.join(error.messages)}")
        return redirect("company_close", company.pk)
    groups = "、".join(str(each.membership.group) for each in back)
    also = f"{groups}の会員に戻しました。" if groups else ""
    if changed := sum(each.changed for each in back):
        messages.warning(request, f"そのあとに直された任期{changed}件は、そのままにしました。")
    messages.success(request, f"{company.name}の廃業・合併を取り消しました。{also}")
    return redirect("company", company.pk)


@access.allowed("members.correct_former", former_names_visible_to)
@versions.in_turn
def former_name(request: HttpRequest, former: FormerName) -> HttpResponse:
    """GET shows the name, POST puts it right, or takes it back."""
    company = former.company
    taking_back = request.method == "POST" and "remove" in request.POST
    form = FormerNameForm(None if taking_back else request.POST or None, instance=former)
    if taking_back:
        return _removed(request, former, companies.remove_former_name)
    if form.is_bound and form.is_valid() and form.act():
        messages.success(request, "旧社名を保存しました。")
        return redirect("company", company.pk)
    return render(request, "groups/former_name.html", {"company": company, "former": former, "form": form})


@require_POST
@access.allowed("members.correct_former", former_addresses_visible_to)
def former_address_remove(request: HttpRequest, former: FormerAddress) -> HttpResponse:
    return _removed(request, former, companies.remove_former_address)


def _removed(request: HttpRequest, former: FormerName | FormerAddress, verb: object) -> HttpResponse:
    company, said = former.company, f"{japan.wareki(former.until)}までの記録を取り消しました。"
    try:
        verb(former=former)  # type: ignore[operator]
        messages.success(request, said)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("company", company.pk)
