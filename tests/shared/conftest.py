"""Fixtures of the shared tools' tests."""

from tests.shared.case_model import case_table

__all__ = ["case_table"]
