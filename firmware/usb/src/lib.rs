//! USB classes of a board, generic over the bus.
#![no_std]
