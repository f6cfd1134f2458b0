"""Sourcier: dispatches in, sourced claims and one live page out.

::

    sources ─gather→ Capture ─read→ Claim ─weave→ Change ─desk→ Entry ─publish→ page, feeds, data

`read` and `weave` are pure: no I/O, no clock. Each verb is a folder of this package, a function of
the same name in it, and a command of the ``sourcier`` program::

    from sourcier.gather import make_capture
    from sourcier.read import read
    from sourcier.weave import weave

    capture = make_capture(text="Two people were killed in Sumy, the mayor said.", published=moment)
    reading = read(capture)
    woven = weave([capture], reading.claims)

Importing ``sourcier`` itself loads none of it.
"""

__version__ = "0.1.0"
