"""The Django app of floor 3: what is asked."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FormsEngineConfig(AppConfig):
    name = "forms_engine"
    verbose_name = "様式"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        autodiscover_modules("checks")
