"""Layers as pages and pictures."""
