"""From the store's vintages to the tables of a run: pure functions, shared with the builder of the embedded snapshot.

A table of a run is the embedded one with every block of rows replaced that the store knows better: a county's year, an
area's survey, a whole classification. What the store lacks the embedded rows serve, and the table says so.
"""
