"""Pictures of what the data say, each with its words: timelines, organization charts, successions of bodies."""

from fasti.web.charts.pages import bp

__all__ = ["bp"]
