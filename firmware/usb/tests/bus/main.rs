//! The classes on a bus in memory, with a computer at its other end.

mod computer;
mod disk;
mod keys;
mod running;
mod update;
