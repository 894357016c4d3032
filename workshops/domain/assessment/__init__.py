"""The assessment of hosts: formula, results, corrections, decisions, certificates."""
