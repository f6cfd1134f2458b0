"""The way in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView

from sourcier.desk.screens.tongue import LANGUAGES, language
from sourcier.desk.screens.voice import voice


class Login(LoginView):
    """The login page, in the desk's look and language."""

    template_name = "login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        code = language(self.request)
        more = {"say": voice(code), "ui": code, "languages": LANGUAGES}
        return super().get_context_data(**kwargs) | more
