"""Who is told what comes of a case: the applicant, or the drafter of an internal request."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def party(case: Any) -> str:
    """What the person is called for whom the case is decided."""
    return _("起案者") if case.subject.is_internal else _("申請者")
