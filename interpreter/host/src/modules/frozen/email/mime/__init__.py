"""Messages of the usual kinds, made."""
