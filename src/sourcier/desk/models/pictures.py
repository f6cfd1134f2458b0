"""Pictures that entries show: in the database, so that all processes and machines of a desk have them."""

from __future__ import annotations

from django.db import models


class Picture(models.Model):
    """A picture by a mark of its content, added by a user; `widths` are those in which it is offered."""

    digest = models.CharField(primary_key=True, max_length=32)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)


class Rendition(models.Model):
    """One file of a picture, named after what is in it."""

    name = models.CharField(primary_key=True, max_length=64)
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")
    body = models.BinaryField()
