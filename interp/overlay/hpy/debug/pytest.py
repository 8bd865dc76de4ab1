"""A fixture for pytest: the test fails if it leaves handles open."""
import pytest

from .leakdetector import LeakDetector


@pytest.fixture
def hpy_debug():
    with LeakDetector() as detector:
        yield detector
