//! What the editor knows of Python.
