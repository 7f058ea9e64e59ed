"""The store: replies as received, the tables parsed from them in immutable vintages, and a manifest of both.

::

    replies/ab/abcdef...            a reply as received, named by the SHA-256 of its bytes
    replies/ab/abcdef....json       where it came from and when
    vintages/TABLE/abcdef....parquet   the rows of one part of a table, named by the SHA-256 of its bytes
    manifest.sqlite                 which vintage of which part was accepted when, why, and from which replies
    lock                            held by whoever pulls

Files are written whole (temporary file, fsync, rename) before the one transaction that makes a source's pull count: a
pull that dies leaves at most files that nothing names; the next pull sweeps them away.
"""
