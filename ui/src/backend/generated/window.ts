// Generated from app/src/events.rs by `TAIPAN_BLESS=1 cargo test -p app`: change that file, not this one.

export type HereEvent = { "kind": "started" } | { "kind": "ended", 
/**
 * As the system tells it.
 */
code: number | null, };
