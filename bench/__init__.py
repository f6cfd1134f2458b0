"""Measurements: how well and how fast; no part of the installed program."""
