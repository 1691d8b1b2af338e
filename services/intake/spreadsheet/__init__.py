"""A township's spreadsheet as an officer keeps it: bytes in, households and problems out.

The way through: guard (is it safe to open) → package (parts) → choosing (which sheet) →
sheet (rows of cells) → header (which column is what) → lines (which rows are people) →
person (cells to values) → grouping and households (families) → borders (nobody's neighbour) →
repeated (nobody twice) → notices (what else is said) → read (the one door) → marked.
Nothing here knows a database, a clock or a log.
"""
