"""What a user of the desk may do: a reader sees, an editor publishes too."""

from __future__ import annotations

from typing import Literal

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User

Role = Literal["reader", "editor"]


def may_publish(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Tell whether `user` may change what readers see."""
    return isinstance(user, User) and user.groups.filter(name="editor").exists()
