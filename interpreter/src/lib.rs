//! Python for microcontrollers: source in, behaviour out.
#![no_std]
