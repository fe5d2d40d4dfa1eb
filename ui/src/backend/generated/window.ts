// Generated from app/src by `TAIPAN_BLESS=1 cargo test -p app`: change that, not this file.
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

export type Waiting = { 
/**
 * As a person would name it.
 */
name: string, serial: string | null, 
/**
 * Its memory in its own words; nothing if it may not be opened.
 */
layout: string | null, };

export type FirmwareFile = { path: string, name: string, 
/**
 * Bytes.
 */
size: number, parts: Array<FilePart>, 
/**
 * Why it does not fit the device that waits; nothing if it does, or if none waits.
 */
unfit: string | null, };

export type FilePart = { address: number, size: number, };
