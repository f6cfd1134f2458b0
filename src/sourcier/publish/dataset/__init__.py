"""The data set: a story as tables that open in DuckDB, pandas or a spreadsheet.

::

    Story -> tables.py (claims, events, tolls, ledgers, alerts, origins, copies, captures)
          -> shapes.py (as ACLED, UCDP GED and PLOVER would have them)
          -> files.py  (Parquet, CSV, JSON lines, datapackage.json)

``dictionary.py`` says what each column holds.
"""
