"""From claims to sentences, and what carries them. Pure: no query, no clock.

::

    store.material -> propose -> Proposal (phrases, sentences, figures)    -> actions.intake
    an editor's text -> carried -> which figures and quotations a bound claim carries
"""
