"""The law and the plan's rules (regelverket), as pure Python.

Nothing here knows Django, the clock or the database: facts go in, findings come out.
"""
