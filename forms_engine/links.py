"""Links (リンク): where what belongs to an application is opened, by its resident and by staff."""

import uuid

from django.urls import reverse


def staff_link(attachment_id: str) -> str:
    """Where staff open an attachment."""
    return reverse("staff_attachment", args=[attachment_id])


def reveal_link(reference: str) -> str:
    """Where staff ask to see what an answer only refers to: a My Number."""
    return reverse("staff_my_number", args=[reference.partition(":")[2]])


def resident_link(application_id: uuid.UUID, attachment_id: str) -> str:
    """Where its resident opens an attachment."""
    return reverse("resident:attachment", args=[application_id, attachment_id])


def id_in(text: str) -> uuid.UUID | None:
    """The id that a text from a browser stands for; None where it stands for none."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None
