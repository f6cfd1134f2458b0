"""Tokens of programs, and what they were answered. Working state: the audit keeps who made which."""

# ruff: noqa: D106 - what a Meta says, it says in full

from __future__ import annotations

from django.conf import settings
from django.db import models

from sourcier.desk.models.story import Story


class Token(models.Model):
    """What a program shows instead of a password: for one story, or (null) for all of its owner's.

    `digest` is the hash of its secret. `minute` is the last one in which it called, `calls` how often.
    """

    key = models.CharField(primary_key=True, max_length=16)
    digest = models.CharField(max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    scopes = models.JSONField()
    story = models.ForeignKey(Story, on_delete=models.CASCADE, null=True, related_name="+")
    made = models.DateTimeField()
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    used = models.DateTimeField(null=True)
    minute = models.DateTimeField(null=True)
    calls = models.PositiveIntegerField(default=0)


class Answered(models.Model):
    """What a call with an idempotency key was answered, to answer its repetition alike. Kept for a day.

    `asked` is the hash of the call.
    """

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=128)
    asked = models.CharField(max_length=64)
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["token", "key"], name="one_answer"),)
