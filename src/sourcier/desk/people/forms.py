"""Forms of those who come in by a link, and of one's mail address. Their words stand in the templates."""

# allauth comes with types but without the marker that says so.

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.models import User

from sourcier.desk import store


class PasswordForm(forms.Form):
    """A new password, typed twice; `user` is whose it will be, whom it must not resemble."""

    password1 = forms.CharField(max_length=128, strip=False)
    password2 = forms.CharField(max_length=128, strip=False)

    def __init__(self, *args: Any, user: User | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        self._user = user

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is weak, or not typed twice alike."""
        sent = super().clean() or {}
        first, second = sent.get("password1"), sent.get("password2")
        if first and second and first != second:
            self.add_error("password2", get_adapter().validation_error("password_mismatch"))
        elif first:
            self._check(first, sent)
        return sent

    def _check(self, password: str, sent: dict[str, Any]) -> None:
        whose = self._user or User(username=sent.get("username", ""), email=sent.get("email", ""))
        try:
            get_adapter().clean_password(password, whose)
        except forms.ValidationError as error:
            self.add_error("password1", error)


class MailForm(forms.Form):
    """One's mail address, which nobody else may have; empty for none."""

    email = forms.EmailField(required=False, max_length=254)

    def __init__(self, *args: Any, user: str = "", **named: Any) -> None:
        super().__init__(*args, **named)
        self._of = user

    def clean_email(self) -> str:
        """Refuse an address under which somebody else signs in."""
        mail: str = self.cleaned_data["email"]
        if mail and store.known_name(mail) not in ("", self._of):
            raise get_adapter().validation_error("email_taken")
        return mail


class JoinForm(MailForm, PasswordForm):
    """Who comes in by an invitation: a name, a password, a mail address if they like."""

    username = forms.CharField(min_length=2, max_length=150)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)

    def clean_username(self) -> str:
        """Refuse a name that somebody has, in whatever case, or that has strange characters."""
        return str(get_adapter().clean_username(self.cleaned_data["username"]))
