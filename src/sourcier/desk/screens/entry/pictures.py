"""Pictures at the desk: uploaded into the composer, shown before they are published, asked for by readers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sourcier.desk import actions, clock, store
from sourcier.desk.imaging import MOST_BYTES, BadPictureError, made
from sourcier.desk.people.access import needs
from sourcier.desk.screens.entry.editing import show_desk, work_of

_TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}


@require_POST
@never_cache
@needs("write")
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the picture that the composer's form brings, and show the form again with it: no word is lost."""
    work = work_of(request, slug, request.POST.get("event", ""), request.POST.get("entry", ""))
    sent, error = request.POST.copy(), ""
    file = request.FILES.get("file")
    if file is None or not file.size:
        error = "picture.error.none"
    elif file.size > MOST_BYTES:
        error = "picture.error.large"
    else:
        try:
            picture = made(file.read())
        except BadPictureError as refused:
            error = str(refused)
        else:
            who = request.user.get_username()
            actions.add_picture(slug, picture, who=who, now=clock.now())
            sent["picture"] = picture.digest
            if sent.get("kind") == "text":
                sent["kind"] = "image"
    return show_desk(request, work, sent=sent, error=error, status=422 if error else 200)


@require_safe
@needs("read")
def picture(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Give a file of a picture to who may read at the desk."""
    del request, slug
    return file_of(name)


def file_of(name: str) -> HttpResponse:
    """Return a file of a picture, to be kept for good; 404 for one that there is not."""
    kind = _TYPES.get(name.rpartition(".")[2])
    body = store.picture_file(name) if kind and len(name) <= 64 else None
    if body is None:
        raise Http404
    response = HttpResponse(body, content_type=kind)
    response["Cache-Control"] = "private, max-age=86400"
    response["X-Content-Type-Options"] = "nosniff"
    return response
