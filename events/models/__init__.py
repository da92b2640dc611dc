"""What happens in groups: their meetings."""

from events.models.meeting import Meeting

__all__ = ["Meeting"]
