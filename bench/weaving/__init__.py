"""How well and how fast the weaver weaves: ``python -m bench.weaving``.

::

    stream    an invented war of any length, as captures and claims      → speed, near-duplicates
    families  invented texts with copies of every kind                   → copies
    chains    invented revisions, each with its final ledger             → ledgers
    sirens    real alert intervals, replayed as messages                 → alerts
    corpora   shootings by incident, Telegram pairs, golden dispatches   → events
"""
