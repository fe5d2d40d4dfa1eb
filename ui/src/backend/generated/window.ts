// Generated from app/src/events.rs by `TAIPAN_BLESS=1 cargo test -p app`: change that file, not this one.
import type { EntryKind } from "./board";

export type HereEvent = { "kind": "started" } | { "kind": "ended", 
/**
 * As the system tells it.
 */
code: number | null, };

export type HereEntry = { 
/**
 * The last part of the path.
 */
name: string, 
/**
 * File or folder.
 */
kind: EntryKind, 
/**
 * Bytes; 0 for a folder.
 */
size: number, 
/**
 * When it was changed, in seconds since 1970.
 */
modified: number | null, };

export type HereProperties = { 
/**
 * File or folder.
 */
kind: EntryKind, 
/**
 * Bytes; of a folder those of all files in it.
 */
size: number, 
/**
 * How many files a folder holds, at any depth.
 */
files: number, 
/**
 * When it was changed, in seconds since 1970.
 */
modified: number | null, 
/**
 * The SHA-256 of a file, as 64 hexadecimal digits.
 */
sha256: string | null, };
