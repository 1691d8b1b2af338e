"""A township's spreadsheet as an officer keeps it: bytes in, households and problems out.

The way through: guard (is it safe to open) → package (parts) → sheet (rows of cells) →
header (which column is what) → lines (which rows are people) → person (cells to values) →
grouping and households (families) → repeated (nobody twice) → read (the one door) → marked.
Nothing here knows a database, a clock or a log.
"""
