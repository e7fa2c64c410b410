"""Run one step with the product set up around it: `python -m bench.inside counting`."""

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    import_module(f"bench.{sys.argv[1]}").main(*sys.argv[2:])
