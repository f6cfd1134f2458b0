"""Pictures: their files, and which of them readers may see."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.db.models.functions import Length

from sourcier import types
from sourcier.desk import models
from sourcier.desk.imaging import Made


def add_picture(made: Made, *, by: str, now: datetime) -> None:
    """Keep a picture and its files; one that is kept already is left alone."""
    known, new = models.Picture.objects.get_or_create(
        digest=made.digest,
        defaults={
            "width": made.width, "height": made.height, "widths": made.widths, "at": now, "by": by,
        },
    )  # fmt: skip
    if new:
        models.Rendition.objects.bulk_create(
            models.Rendition(name=one.name, picture=known, body=one.body) for one in made.renditions
        )


def picture(digest: str) -> types.Picture | None:
    """Return a picture without its words; null where there is none."""
    row = models.Picture.objects.filter(digest=digest).first()
    if row is None:
        return None
    jpeg = models.Rendition.objects.filter(name=f"{digest}.jpg")
    return types.Picture(
        digest=row.digest, width=row.width, height=row.height, widths=tuple(row.widths),
        size=jpeg.values_list(Length("body"), flat=True).first() or 0,
    )  # fmt: skip


def picture_file(name: str) -> bytes | None:
    """Return the bytes of a picture's file; null where there is none."""
    body = models.Rendition.objects.filter(name=name).values_list("body", flat=True).first()
    return None if body is None else bytes(body)


def picture_files(digest: str) -> dict[str, bytes]:
    """Return all files of a picture, by name."""
    found = models.Rendition.objects.filter(picture=digest).order_by("name")
    return {name: bytes(body) for name, body in found.values_list("name", "body")}


def is_public(slug: str, digest: str) -> bool:
    """Tell whether readers of a story may see a picture: some version of an entry that stands shows it."""
    public = models.EntryVersion.objects.filter(story_id=slug, version__gt=0)
    showing = public.filter(picture=digest).values("entry")
    newest = public.filter(entry__in=showing).order_by().values("entry").annotate(n=Max("pk"))
    last = models.EntryVersion.objects.filter(pk__in=newest.values("n"))
    return any(entry.state != "retracted" for entry in last.values_list("record", flat=True))
