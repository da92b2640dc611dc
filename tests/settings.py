"""The portal's settings, made quick and strict for tests."""

import os
from pathlib import Path
from typing import Any

os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parent.parent / "var" / "test"))
os.environ.setdefault("SECRET_KEY", "for tests only: nothing signed with it leaves the machine")
os.environ.pop("SITE_URL", None)

from iri_exchange.settings import *  # noqa: F403
from iri_exchange.settings import BASE_DIR, STATIC_ROOT, STORAGES, TEMPLATES
from tests.strictness import UndefinedVariable

STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise looks for it

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "papers", "copies")
}
# What is put off happens at once, inside the transaction that put it off.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
options: Any = TEMPLATES[0]["OPTIONS"]
options["string_if_invalid"] = UndefinedVariable(BASE_DIR / "templates")
