// Generated from app/code/src/typescript.rs by `TAIPAN_BLESS=1 cargo test -p code`: change that file, not this one.

export type Kind = "function" | "class";

export type OutlineItem = { 
/**
 * What it is.
 */
kind: Kind, 
/**
 * Its name.
 */
name: string, 
/**
 * How many functions and classes it lies in.
 */
depth: number, 
/**
 * The line of `def` or `class`, from 1.
 */
line: number, 
/**
 * The last line of its body.
 */
lastLine: number, };

export type Change = { 
/**
 * First unit that is replaced; in UTF-16 units of the text before all changes that come together.
 */
from: number, 
/**
 * First unit that is kept again.
 */
to: number, 
/**
 * What comes instead.
 */
insert: string, };

export type Span = { 
/**
 * Its first unit.
 */
from: number, 
/**
 * The first unit behind it.
 */
to: number, };

export type CompletionKind = "module" | "class" | "function" | "variable";

export type Completion = { 
/**
 * The name.
 */
label: string, 
/**
 * What it looks like.
 */
kind: CompletionKind, };

export type Completions = { 
/**
 * Where the word begins that they replace.
 */
from: number, 
/**
 * The names, the likeliest first.
 */
items: Array<Completion>, };

export type Hover = { 
/**
 * The word.
 */
span: Span, 
/**
 * What it is.
 */
text: string, };

export type Signature = { 
/**
 * `name(a, b=1)`.
 */
label: string, 
/**
 * The parameter that is being typed, in units of the label.
 */
active: Span | null, 
/**
 * Documentation; may be empty.
 */
documentation: string, };

export type Definition = { 
/**
 * The file; nothing for the text that was asked about.
 */
path: string | null, 
/**
 * The line, from 1.
 */
line: number, };

export type Renaming = { 
/**
 * The file; nothing for the text that was asked about.
 */
path: string | null, 
/**
 * Where the name stands.
 */
places: Array<Span>, 
/**
 * The lines of those, from 1.
 */
lines: Array<number>, };

export type Severity = "error" | "warning" | "hint";

export type Fault = { "kind": "syntax", says: string, } | { "kind": "unknownName", name: string, } | { "kind": "unknownModule", name: string, } | { "kind": "unusedImport", name: string, } | { "kind": "noMember", module: string, name: string, } | { "kind": "plainAwait" };

export type Diagnostic = { 
/**
 * Where.
 */
span: Span, 
/**
 * How bad it is.
 */
severity: Severity, 
/**
 * What it is, in English.
 */
message: string, 
/**
 * The same for other languages.
 */
error: Fault, };
