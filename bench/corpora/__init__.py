"""How well the reader reads public corpora, beside other systems in the same run.

``python -m bench.corpora`` prints the table. Each module here measures one kind of corpus: its
docstring says what counts as right, and its ``score`` returns the rows. The corpora are looked for
in ``$SOURCIER_SHARED/corpora``, else in ``../shared/corpora``; what is absent is left out.
"""
