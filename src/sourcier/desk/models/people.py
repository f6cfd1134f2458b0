"""Who works here, and as what. Rows may be changed and removed: the audit keeps what they were."""

# ruff: noqa: D106 - what a Meta says, it says in full

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sourcier.desk.models.story import Story


class Membership(models.Model):
    """The role of a user in a story; in all stories where it is null. One a user and story."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    story = models.ForeignKey(Story, on_delete=models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=16)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "story"], name="one_role_a_story"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(story=None), name="one_role_in_all_stories"
            ),
        )
