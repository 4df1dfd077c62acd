"""Routes (決裁経路) as the forms need them: which forms run on one, and that none does when it ends."""

from collections.abc import Sequence

from django.db import transaction

from forms_engine.definitions import FormVersion
from workflows import definitions
from workflows.definitions import WorkflowDefinition
from workflows.staff import StaffMember


class RouteInUse(Exception):
    """Applications for these ``forms`` (their titles) can be made, and would have nobody to decide on them."""

    def __init__(self, forms: Sequence[str]) -> None:
        super().__init__("、".join(forms))
        self.forms = forms


def forms_on(key: str) -> list[str]:
    """The titles of the forms that can be applied for and run on the route."""
    current = FormVersion.objects.current().select_related("definition").order_by("definition__title")
    return [one.definition.title for one in current if one.document["procedure"]["workflow"] == key]


@transaction.atomic
def retire(key: str, by: StaffMember | None = None) -> None:
    """End the route: no form may name it any more; what runs on it goes on.

    Raises RouteInUse while a form does, WorkflowDefinition.DoesNotExist if it was never published.
    """
    WorkflowDefinition.objects.select_for_update().get(key=key)
    used = forms_on(key)
    if used:
        raise RouteInUse(used)
    definitions.retire(key, by)
