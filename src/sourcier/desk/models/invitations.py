"""Links that let somebody in. A row is marked as used or revoked, and stays."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sourcier.desk.models.story import Story


class Invitation(models.Model):
    """A link of one use: for a new user with a role, or (with `user`) for a new password of theirs.

    The link's secret is not kept, only its SHA-256. `story` is null for a role in all stories.
    `by` is empty for a link that was made on the command line.
    """

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    story = models.ForeignKey(Story, on_delete=models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=16, blank=True)
    note = models.CharField(max_length=150, blank=True)
    by = models.CharField(max_length=150, blank=True)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    used_by = models.CharField(max_length=150, blank=True)
    revoked = models.DateTimeField(null=True)
