//! The board link: lines, REPL protocols, files; no user interface.
