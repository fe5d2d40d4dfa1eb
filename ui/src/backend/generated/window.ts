// Generated from app/src by `TAIPAN_BLESS=1 cargo test -p app`: change that, not this file.
import type { EntryKind, FirmwareError } from "./board";
/** Stands for output that was left out, at the beginning of what comes. */
export const LEFT_OUT = "\u001b]taipan;left-out\u0007";

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
layout: string | null, 
/**
 * The archive with its files, if an update of it was begun and has not ended.
 */
saved: string | null, };

export type FirmwareFile = { path: string, name: string, 
/**
 * Bytes.
 */
size: number, parts: Array<FilePart>, 
/**
 * The board that it says it is for; empty if it does not say.
 */
machine: string, 
/**
 * The version that it says it has; empty if it does not say.
 */
version: string, 
/**
 * Whether that is what the board runs; nothing if one of them does not say.
 */
runs: boolean | null, 
/**
 * Why it does not fit the board, or the device that waits; nothing if it does, or if nobody can say.
 */
unfit: Unfit | null, };

export type FilePart = { address: number, size: number, };

export type Unfit = { message: string, error: FirmwareError, };

export type Query = { 
/**
 * The folder.
 */
folder: string, 
/**
 * The text or pattern.
 */
text: string, 
/**
 * It is a regular expression, and `$1` in the replacement is its first group.
 */
regex: boolean, 
/**
 * Capitals and small letters differ.
 */
case: boolean, 
/**
 * It does not stand inside a longer word.
 */
word: boolean, 
/**
 * What shall come instead, for a preview.
 */
replacement: string | null, };

export type Match = { 
/**
 * Its line, from 1.
 */
line: number, 
/**
 * The line's text before it, itself, and behind it; cut to what is worth showing.
 */
before: string, 
/**
 * Itself.
 */
found: string, 
/**
 * Behind it.
 */
after: string, 
/**
 * What would stand in its place.
 */
replaced: string | null, };

export type SearchEvent = { "kind": "file", 
/**
 * Where it lies.
 */
path: string, 
/**
 * The same, from the folder on.
 */
name: string, 
/**
 * In order.
 */
matches: Array<Match>, 
/**
 * How many it has: of the last file that is shown there may be more than those.
 */
count: number, } | { "kind": "ended", 
/**
 * How many files were looked at.
 */
files: number, 
/**
 * There are more matches than are shown.
 */
more: boolean, };

export type Encoding = { 
/**
 * As one calls it: "UTF-8".
 */
name: string, 
/**
 * What the first lines said of it when the text was read or written. If they say something else by now, that is obeyed.
 */
declared: string | null, };

export type TextFile = { 
/**
 * The text.
 */
text: string, 
/**
 * How.
 */
encoding: Encoding, };
