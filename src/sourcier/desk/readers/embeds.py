"""What other sites embed: the small page of an entry or of a story's newest, its script, and oEmbed."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from sourcier.desk.readers.views import BASE, asked_story, conditional, in_language
from sourcier.publish.embed import KEPT, SCRIPT, embed_page, oembed, oembed_xml
from sourcier.publish.links import Links
from sourcier.publish.render import asset
from sourcier.publish.view import View

_NAMES = ("story", "entry")
_FORMATS = ("json", "xml")


@require_safe
@conditional
@xframe_options_exempt
def embed(request: HttpRequest, slug: str, key: str | None = None) -> HttpResponse:
    """Show an entry, or the story's newest, to be framed by any site."""
    page = embed_page(_view(request, slug, request.GET.get("l", "")), key)
    response = HttpResponse(page.html, status=page.status, headers=page.headers)
    response["Cache-Control"] = "public, max-age=15"
    return response


@require_safe
@conditional
def component(request: HttpRequest) -> HttpResponse:
    """Give the script that defines ``<sourcier-live>``."""
    del request
    response = HttpResponse(asset(SCRIPT), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={KEPT}"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
@conditional
def oembed_answer(request: HttpRequest) -> HttpResponse:
    """Tell how the page ``?url=`` is embedded (oEmbed 1.0); 501 for another format than JSON and XML."""
    format = request.GET.get("format", "json")  # noqa: A001
    if format not in _FORMATS:
        return HttpResponse("json or xml", status=501, content_type="text/plain; charset=utf-8")
    slug, key, language = _page_asked(request)
    view = _view(request, slug, language)
    try:
        answer = oembed(view, key, _most(request, "maxwidth"), _most(request, "maxheight"))
    except KeyError as error:
        raise Http404 from error
    if format == "xml":
        response = HttpResponse(oembed_xml(answer), content_type="text/xml; charset=utf-8")
    else:
        response = JsonResponse(answer)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={KEPT}"
    return response


def _page_asked(request: HttpRequest) -> tuple[str, str | None, str]:
    """Return (slug, entry, language) of the page ``?url=``: an address of ours, or its path alone."""
    try:
        url = urlsplit(request.GET.get("url", ""))
        found = resolve(unquote(url.path))
    except (ValueError, Resolver404) as error:
        raise Http404 from error
    ours = ("", request.get_host(), urlsplit(settings.URL or "").netloc)
    if url.netloc not in ours or found.url_name not in _NAMES:
        raise Http404
    return found.kwargs["slug"], found.kwargs.get("key"), parse_qs(url.query).get("l", [""])[0]


def _most(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 6 else None


def _view(request: HttpRequest, slug: str, wanted: str) -> View:
    story = asked_story(request, slug)
    language = in_language(story, wanted)
    base = settings.URL or request.build_absolute_uri(BASE)
    return View(story, language, Links(base, slug, language, story.languages[0]))
