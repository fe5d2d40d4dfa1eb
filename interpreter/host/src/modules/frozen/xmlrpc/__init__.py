"""Procedures called over HTTP with XML."""
