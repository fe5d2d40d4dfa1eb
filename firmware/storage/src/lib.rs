//! Block layer and file systems behind the interpreter's `FileSystem` trait.
#![no_std]
