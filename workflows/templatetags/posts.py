"""The posts (職) that a member of staff holds, in words."""

from django import template

from workflows.staff import StaffMember, holdings_of

register = template.Library()


@register.filter
def posts(member: StaffMember) -> str:
    """「環境課 担当、総務課 係長」; empty without a post."""
    return "、".join(holding.title for holding in holdings_of(member))
