import pytest
from django.contrib import admin
from django.urls import reverse

MODELS = [m for m in admin.site._registry]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_pages(model, staff, secretary, group):
    info = model._meta.app_label, model._meta.model_name
    r = staff.client.get(reverse("admin:%s_%s_changelist" % info))
    print(info, r.status_code)
    r = staff.client.get(reverse("admin:%s_%s_changelist" % info) + "?q=高橋")
    print(info, r.status_code)
    r = staff.client.get(reverse("admin:%s_%s_add" % info))
    print(r.status_code)
    o = model._default_manager.first()
    if o:
        r = staff.client.get(reverse("admin:%s_%s_change" % info, args=[o.pk]))
        print(r.status_code)
        r = staff.client.get(reverse("admin:%s_%s_history" % info, args=[o.pk]))
        print(r.status_code)
