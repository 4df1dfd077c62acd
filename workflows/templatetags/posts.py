"""The posts (職) that a member of staff holds, in words, and where else than to the approver desk they may go."""

from django import template

from workflows.authority import is_manager
from workflows.capacities import AUDITOR, ORGANISER, Capacity
from workflows.staff import StaffMember, holdings_of

register = template.Library()


@register.filter
def posts(member: StaffMember) -> str:
    """「環境課 担当、総務課 係長」; empty without a post."""
    return "、".join(holding.title for holding in holdings_of(member))


@register.filter
def is_process_manager(member: StaffMember) -> bool:
    """Whether the member looks after what nobody can be found for (案件管理者)."""
    return is_manager(member)


@register.filter
def organisation_page(member: StaffMember) -> str:
    """The name of the first page of the organisation desk that is open to the member; empty if none is."""
    kinds = Capacity.objects.filter(member_id=member.pk, kind__in=[ORGANISER, AUDITOR])
    found = set(kinds.values_list("kind", "department_key"))
    if any(kind == ORGANISER for kind, _department in found):
        return "organisation:overview"
    return "organisation:audit" if (AUDITOR, "") in found else ""
