//! The STM32F405's registers and peripherals; nothing of Python.
//!
//! A file for each peripheral is planned, over the same kind of bus as `stm32f1` has: memory on the chip, a fake register file in tests.
//! Start-up must survive a missing crystal, so every wait will be bounded. This crate will never know a board's pins or what they are for.
#![no_std]
