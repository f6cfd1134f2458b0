"""A picture as somebody uploads it, made anew: nothing of the file is kept but what can be seen. No query.

What comes in is decoded whole and encoded again, so that metadata (where and when, with which device),
whatever hides behind the pixels, and files that only pretend to be pictures stay outside.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from sourcier.publish.pictures import FEED

MOST_BYTES = 15_000_000
"""The most bytes of a file."""
MOST_PIXELS = 50_000_000
"""The most pixels of a picture: more than cameras make, less than would fill the memory."""
WIDTHS = (480, 960, 1600)
"""How wide a picture is offered, in pixels: for phones, for screens, for screens with twice the pixels."""
_FORMATS = ("JPEG", "PNG", "WEBP")
_LEAST = 40
_DIGEST = 32


class BadPictureError(ValueError):
    """A file that is not taken; its argument is the key of the message that says why."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture in one width; `name` is its file's, after what is in it."""

    name: str
    width: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """A picture made anew: a mark of its content, its size in pixels, the widths in which it is offered.

    `renditions` are the WebP files and the JPEG.
    """

    digest: str
    width: int
    height: int
    widths: tuple[int, ...]
    renditions: tuple[Rendition, ...]


def made(body: bytes) -> Made:
    """Return what is kept of an uploaded file; raises BadPictureError, and nothing else."""
    if len(body) > MOST_BYTES:
        raise BadPictureError("picture.error.large")
    picture = _decoded(body)
    widths = tuple(sorted({min(picture.width, width) for width in WIDTHS}))
    pages = {width: _encoded(_scaled(picture, width), "WEBP", quality=80) for width in widths}
    digest = sha256(pages[widths[-1]]).hexdigest()[:_DIGEST]
    largest = _scaled(picture, widths[-1])
    jpeg = _encoded(_scaled(largest, FEED), "JPEG", quality=82, optimize=True)
    webp = (Rendition(f"{digest}-{width}.webp", width, page) for width, page in pages.items())
    feed = Rendition(f"{digest}.jpg", min(FEED, picture.width), jpeg)
    return Made(digest, largest.width, largest.height, widths, (*webp, feed))


def _decoded(body: bytes) -> Image.Image:
    """Return the picture upright, in sRGB, on white."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(BytesIO(body), formats=_FORMATS)
            if opened.width * opened.height > MOST_PIXELS:
                raise BadPictureError("picture.error.pixels")
            if min(opened.size) < _LEAST:
                raise BadPictureError("picture.error.small")
            opened.load()
            return _flat(ImageOps.exif_transpose(_in_srgb(opened)))
    except BadPictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPictureError("picture.error.pixels") from error
    except UnidentifiedImageError as error:
        raise BadPictureError("picture.error.kind") from error
    # Decoders meet whatever is in a broken file, and have no common error for it.
    except (OSError, ValueError, SyntaxError, MemoryError, ArithmeticError, LookupError) as error:
        raise BadPictureError("picture.error.broken") from error


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA"):
        return picture
    try:
        there = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, there, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return picture
    return converted or picture


def _flat(picture: Image.Image) -> Image.Image:
    """Return a picture without transparency; what is transparent shows white."""
    if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    white = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(white, seen).convert("RGB")


def _scaled(picture: Image.Image, width: int) -> Image.Image:
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _encoded(picture: Image.Image, kind: str, **how: int) -> bytes:
    into = BytesIO()
    picture.info.clear()
    picture.save(into, kind, **how)
    return into.getvalue()
