"""Links: where an attachment is opened, by staff and by its resident."""

import uuid

from django.urls import reverse


def staff_link(attachment_id: str) -> str:
    """Where staff open an attachment."""
    return reverse("staff_attachment", args=[attachment_id])


def resident_link(application_id: uuid.UUID, attachment_id: str) -> str:
    """Where its resident opens an attachment."""
    return reverse("resident:attachment", args=[application_id, attachment_id])
