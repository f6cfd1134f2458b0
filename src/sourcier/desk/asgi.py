"""The desk and readers' pages as an ASGI application; `setup.prepare` comes first."""

from django.core.asgi import get_asgi_application

application = get_asgi_application()
