"""What a form of the desk can be refused for."""

from __future__ import annotations


class FormError(ValueError):
    """What was sent cannot be taken; its argument is the key of the message that says why."""
