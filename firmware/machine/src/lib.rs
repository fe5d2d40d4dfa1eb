//! The Python classes of `machine` and `pyb`, written once over a small hardware trait.
#![no_std]
