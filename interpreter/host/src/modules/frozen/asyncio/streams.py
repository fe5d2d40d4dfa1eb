"""Streams under the name that they have in CPython."""

from asyncio import StreamReader, StreamWriter, open_connection, start_server

__all__ = ("StreamReader", "StreamWriter", "open_connection", "start_server")
