"""Compile the .po files to .mo without gettext on the machine (build/ is not committed)."""
