"""What the plain wizard keeps at its end: one row a journey, in the clear."""

from django.db import models


class PlainSubmission(models.Model):
    answers = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.pk}"
