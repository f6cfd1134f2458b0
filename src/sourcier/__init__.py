"""Sourcier: dispatches in, sourced claims and one live page out.

::

    sources ─gather→ Capture ─read→ Claim ─weave→ Change ─desk→ Entry ─publish→ page, feeds, data

`read` and `weave` are pure: no I/O, no clock. Each verb is a function here, a command of the
``sourcier`` program, and a folder of this package.
"""

__version__ = "0.1.0"
