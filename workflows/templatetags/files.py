"""How an attachment can be shown on a page."""

from django import template

from workflows.routable import FileLink

register = template.Library()
PICTURES = ("image/png", "image/jpeg")


@register.filter
def is_picture(file: FileLink) -> bool:
    """Whether a browser draws it as an image."""
    return file.media_type in PICTURES


@register.filter
def is_shown_in_place(file: FileLink) -> bool:
    """Whether it can stand inside the page: pictures and PDF."""
    return file.media_type in (*PICTURES, "application/pdf")
