"""System checks (点検): what an operator must know before it hurts: ``manage.py check --deploy --database default``."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.utils.timezone import now

from forms_engine.archive import seal
from workflows.cases import Case
from workflows.references import WorkflowAltered


@register(Tags.security, deploy=True)
def check_seal(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The seal's certificate can be used, and will be for some time; development makes its own."""
    problems = seal.problems(now()) if settings.PRODUCTION else []
    return [Warning(text, id="kakanai.W001") for text in problems]


@register(Tags.security, deploy=True)
def check_mail(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Residents are told by mail, unless the office does without on purpose."""
    text = "no mail is sent: EMAIL_URL is not set, so residents hear of nothing unless they look"
    return [] if settings.MAIL else [Warning(text, id="kakanai.W002")]


@register(Tags.database)
def check_running_cases(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every open case runs on a workflow version that is there and unaltered; else it would fail at its next step."""
    if "default" not in (databases or ()) or not _has_cases():
        return []
    try:
        list(Case.objects.open().order_by().values_list("flow_class", flat=True).distinct())
    except WorkflowAltered as altered:
        return [Error(f"open cases run on {altered}, which is missing or was altered", id="kakanai.E001")]
    return []


def _has_cases() -> bool:
    """Whether the table is there: checks also run before the first migration."""
    return Case._meta.db_table in connections["default"].introspection.table_names()
