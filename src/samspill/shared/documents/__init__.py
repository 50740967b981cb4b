"""Letters and receipts as accessible PDF (dokumenter)."""

from samspill.shared.documents.render import NotRendered, render

__all__ = ["NotRendered", "render"]
