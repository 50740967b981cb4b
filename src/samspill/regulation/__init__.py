"""The law and the plan's rules (regelverket), as pure Python.

Nothing here knows Django, the clock or the database: facts go in, findings come out.
"""

from samspill.regulation import balance, calendar, collective, plan

# Whoever imports any part of the law finds the whole rulebook filled.
__all__ = ["balance", "calendar", "collective", "plan"]
