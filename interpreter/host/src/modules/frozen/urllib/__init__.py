"""Addresses of the net, and what lies at them."""
