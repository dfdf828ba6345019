"""The comparison of cooling: its directory, figures and reports."""
