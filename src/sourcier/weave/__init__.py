"""Weave: claims in, changes out. Pure: no I/O, no clock."""
