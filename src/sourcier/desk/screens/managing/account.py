"""One's own account, and the page where a link lets somebody in; the rest of the way in is allauth's."""

# allauth comes with types but without the marker that says so.

from __future__ import annotations

from typing import cast

from allauth.account import views as allauth
from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sourcier.desk import actions, clock, store
from sourcier.desk.people.forms import JoinForm, MailForm, PasswordForm
from sourcier.desk.people.pages import tell
from sourcier.desk.screens.tongue import language
from sourcier.desk.screens.voice import voice

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show one's name, roles and address, and where to change what."""
    name = request.user.get_username()
    titles = dict(store.stories())
    shown = {
        "roles": [(titles.get(slug, {}), slug, role) for slug, role in store.roles_of(name)],
        "factor": store.has_factor(name),
    }
    return render(request, "account/overview.html", shown)


@require_http_methods(_METHODS)
@never_cache
@reauthentication_required(app="sourcier.desk")  # type: ignore[untyped-decorator]
def mail(request: HttpRequest) -> HttpResponse:
    """Change one's mail address: who has it can take a new password, so this asks who one is."""
    user = cast(User, request.user)
    form = MailForm(request.POST or None, user=user.username, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        store.set_mail(user.username, form.cleaned_data["email"])
        tell(request, voice(language(request))("account.said.mail_changed"))
        return HttpResponseRedirect(reverse("desk-account"))
    return render(request, "account/mail.html", {"form": form}, status=_status(form))


@require_POST
@login_required
def end_session(request: HttpRequest, key: int) -> HttpResponse:
    """Sign oneself out of one session."""
    if store.end_session(request.user.get_username(), key):
        tell(request, voice(language(request))("account.said.session_ended"))
    return HttpResponseRedirect(reverse("usersessions_list"))


@require_http_methods(_METHODS)
@never_cache
def password_reset(request: HttpRequest) -> HttpResponse:
    """Ask for a new password by mail; where the desk sends none, say whom to ask."""
    if not settings.MAIL:
        return render(request, "account/no_mail.html")
    return cast(HttpResponse, allauth.password_reset(request))


@require_http_methods(_METHODS)
@never_cache
@sensitive_post_parameters()
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody in by a link: a new user with a name, or a known one with a new password."""
    try:
        link = actions.invitation(token, now=clock.real())
        if request.user.is_authenticated:
            return render(request, "account/invited_signed_in.html")
        form = _form(request, link)
        if request.method == "POST" and form.is_valid():
            return _let_in(request, token, link, form)
    except actions.NoSuchInvitationError:
        return render(request, "account/no_invitation.html", status=410)
    titles = dict(store.stories()).get(link.story, {})
    shown = {"form": form, "link": link, "titles": titles}
    return render(request, "account/invitation.html", shown, status=_status(form))


def _form(request: HttpRequest, link: store.Invitation) -> PasswordForm:
    sent = request.POST if request.method == "POST" else None
    if link.user:
        return PasswordForm(sent, user=store.user(link.user))
    return JoinForm(sent)


def _let_in(
    request: HttpRequest, token: str, link: store.Invitation, form: PasswordForm
) -> HttpResponse:
    sent, now = form.cleaned_data, clock.real()
    if link.user:
        user = actions.take_password(token, sent["password1"], now=now)
        get_adapter().forgive(request, user)
    else:
        user = actions.join(token, sent["username"], sent["password1"], sent["email"], now=now)
    return cast(HttpResponse, perform_login(request, user, redirect_url=reverse("desk-home")))


def _status(form: PasswordForm | MailForm) -> int:
    return 422 if form.is_bound else 200
