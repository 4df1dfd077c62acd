"""Set-up of the peers: tables, one form with the bench's fields, two approval stages, two approvers; a script."""

import django

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django_forms_workflows.models import (  # noqa: E402
    FormDefinition,
    FormField,
    StageApprovalGroup,
    WorkflowDefinition,
    WorkflowStage,
)

from bench.leaves import Leaf, pages  # noqa: E402


def kind(leaf: Leaf) -> dict[str, object]:
    """The field type of django-forms-workflows that fits a leaf."""
    if choices := [c["const"] for c in leaf.schema.get("oneOf", []) if "const" in c] or leaf.schema.get("enum"):
        return {"field_type": "select", "choices": [{"value": choice, "label": choice} for choice in choices]}
    if leaf.schema.get("type") == "boolean":
        return {"field_type": "checkbox", "required": False}
    return {"field_type": {"date": "date", "email": "email"}.get(leaf.schema.get("format", ""), "text")}


def form() -> None:
    definition = FormDefinition.objects.create(name="犬の登録", slug="dog", description="-", requires_login=False)
    for order, leaf in enumerate(leaf for _, leaves in pages() for leaf in leaves):
        shared = {"field_label": leaf.title[:190], "required": leaf.required, "order": order}
        FormField.objects.create(form_definition=definition, field_name=leaf.name, **(shared | kind(leaf)))
    workflow = WorkflowDefinition.objects.create(form_definition=definition, requires_approval=True)
    for order, name in enumerate(("first", "second"), 1):
        group = Group.objects.create(name=name)
        User.objects.create_user(name, password="bench").groups.add(group)  # noqa: S106
        stage = WorkflowStage.objects.create(workflow=workflow, name=name, order=order)
        StageApprovalGroup.objects.create(stage=stage, group=group, position=1)


call_command("migrate", verbosity=0, run_syncdb=True)
form()
