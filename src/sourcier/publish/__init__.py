"""publish: a Story in, pages and updates out.

::

    Story -> View -+-> parts (delta, strip, keys, board) --+-> page.py     the live page, entry pages
                   +-> feed -> articles with their proof --+-> updates.py  what open tabs need
                                                           +-> site.py     frozen files
    Update -> live.py (the stream to readers)    Capture + Claims -> marked.py

`View` is one story in one language; the modules named after a part of the page turn it into plain records,
``templates/`` turn these into HTML, ``static/`` holds style and script, which travel inside the page.
Nothing here asks the clock: a page shows the story at ``story.now``.
"""
