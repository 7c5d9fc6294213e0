"""Layers as files for other programs."""
