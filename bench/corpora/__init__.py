"""How well the reader reads golden dispatches and public corpora, beside other systems.

::

    gold muc4 gva polnear timebank wikiwars places  ->  Corpus  ->  measured  ->  Row  ->  page
    (what counts as right, in each)                     corpus      corpus        rows     report

The module of a corpus holds its documents, a scorer of one document and its targets. A corpus is
added by a module like its neighbours and its line in ``bench.accuracy``.
"""
