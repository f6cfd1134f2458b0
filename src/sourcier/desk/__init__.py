"""The desk: where changes become entries, under editors' eyes. The only room with users and SQL.

::

    weave.Woven -> store.save_woven -> actions.intake -> propose -> entries (drafts or published)
                                       views (editors)  -> actions -> entries
    store.story -> publish

`setup.prepare` makes a data folder ready; `store` holds every query, `actions` every transaction
that changes an entry, `propose` and `phrases` (pure) turn claims into sentences.
"""
