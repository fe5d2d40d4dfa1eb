//! What `match` asks of values: the smallest interpreter has no `match`.

table! { pub ROWS, NAMES, DOCS:
}
