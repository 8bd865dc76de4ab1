"""Counts words."""
import sys

from ._count import count

__all__ = ["count"]


def main():
    """Count the words of standard input."""
    print(count(sys.stdin.read()))
