"""What pages and bulk work cost: `python3 run.py bench` (see docs/benchmarks.md)."""
