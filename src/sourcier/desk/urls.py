"""Addresses."""

urlpatterns: list[str] = []
