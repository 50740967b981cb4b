"""Calculations: a problem goes in, a result comes out, the same today and in ten years.

Pure Python: no Django, no clock, no database. Each engine has a JSON form and a command.
"""
