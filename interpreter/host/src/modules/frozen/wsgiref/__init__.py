"""Web applications by PEP 3333, and a server for them."""
