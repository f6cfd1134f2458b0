"""Addresses of the way in, under ``desk/account/``: our pages, and those of allauth's that we have.

They carry allauth's names, by which it finds them. Open sign-up and verification of mail addresses
have no address here.
"""

# allauth comes with types but without the marker that says so.

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import RedirectView

from sourcier.desk.screens.managing import account as ours

_page = require_safe
_form = require_http_methods(["GET", "HEAD", "POST"])

ACCOUNT: list[URLPattern] = [
    path("", ours.overview, name="desk-account"),
    path("invitation/<str:token>/", ours.invited, name="desk-invited"),
    path("mail/", ours.mail, name="desk-mail"),
    path("login/", _form(account.login), name="account_login"),
    path("logout/", _form(account.logout), name="account_logout"),
    path("inactive/", _page(account.account_inactive), name="account_inactive"),
    path("again/", _form(account.reauthenticate), name="account_reauthenticate"),
    path("password/", _form(account.password_change), name="account_change_password"),
    path("password/reset/", ours.password_reset, name="account_reset_password"),
    path(
        "password/reset/sent/",
        _page(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        _form(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        _page(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("sessions/", _form(sessions.list_usersessions), name="usersessions_list"),
    path("sessions/<int:key>/end/", ours.end_session, name="desk-session-end"),
    path("factors/", _page(mfa.index), name="mfa_index"),
    path("factors/ask/", _form(mfa.authenticate), name="mfa_authenticate"),
    path("factors/again/", _form(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("factors/app/", _form(totp.activate_totp), name="mfa_activate_totp"),
    path("factors/app/remove/", _form(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("factors/codes/", _page(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "factors/codes/new/",
        _form(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "factors/codes/file/",
        _page(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path(
        "factors/passkeys/",
        _page(RedirectView.as_view(pattern_name="mfa_index")),
        name="mfa_list_webauthn",
    ),
    path("factors/passkeys/add/", _form(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("factors/passkeys/login/", _form(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path(
        "factors/passkeys/again/",
        _form(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("factors/passkeys/<int:pk>/", _form(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "factors/passkeys/<int:pk>/remove/",
        _form(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
]
