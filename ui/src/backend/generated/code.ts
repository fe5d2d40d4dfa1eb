// Generated from app/code/src/outline.rs by `TAIPAN_BLESS=1 cargo test -p code`: change that file, not this one.

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
