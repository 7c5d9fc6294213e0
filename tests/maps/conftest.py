"""The hand-made layers, for every test of maps."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def samples():
    """Return the module of sample layers."""
    spec = importlib.util.spec_from_file_location("sample_layers", Path(__file__).with_name("sample_layers.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
