"""Run: the loop in which the five verbs meet.

::

    doors (or the replay) ─ captures ─> Engine: read → weave → store → intake
                                            └─ changed(story) ─> Readers: Story → updates → Hub → open tabs
"""
