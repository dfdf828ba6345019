"""Everything a person sees: run directories, tables, figures, reports, the command line."""
