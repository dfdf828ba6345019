"""Packaged tables; `gigasite.models.catalogue` reads them.

``technology.csv``
    One number a row: technology, parameter, low, value, high, unit, year, source, evidence, note.
``technologies.csv``
    Headings: technology, category, title.
``sites.csv``
    Facts of candidate sites, each group with its own evidence column.
"""
