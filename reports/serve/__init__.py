"""The web page for planners: edit site files, start solves, watch them, compare runs, download reports.

It listens on this computer only. ``launch`` starts it, ``app`` puts it together, ``guard`` says who may ask,
``scheduler`` runs solves as processes of their own, ``jobs`` keeps their state as files, ``folder`` knows what may be
read.
"""
