"""The extractor that asks a language model, and believes only what stands in the text."""

from tracker.claims.endpoint.extractor import EndpointExtractor

__all__ = ["EndpointExtractor"]
