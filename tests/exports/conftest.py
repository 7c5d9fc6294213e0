"""The sample layer, for every test of this room."""

import importlib.util
import sys
from pathlib import Path

import pytest


def load_sample():
    """Return the module that stands beside this file."""
    name = "exports_sample_layer"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("sample_layer.py"))
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def sample():
    return load_sample()


@pytest.fixture(scope="session")
def layer(sample):
    return sample.sample_layer()
