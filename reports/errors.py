"""What can go wrong while a report is made."""


class ReportError(RuntimeError):
    """The report cannot be made as described: says which part, what was expected and what to do."""


class MissingLibraryError(ReportError):
    """A system library that PDF needs is absent; the HTML edition can still be made."""
