//! The STM32F100's registers and peripherals; nothing of Python.
//!
//! A driver talks to its registers through [`Bus`]. On the chip the bus is the memory itself (`chip.rs`, the one unsafe room);
//! in the tests it is a list of values (`fake.rs`), so that what a driver writes can be read back on a desktop.
//! Sections are cited from ST's reference manual RM0041.
#![no_std]

mod register;
pub use register::{Bus, Register};

#[cfg(target_os = "none")]
mod chip;
#[cfg(target_os = "none")]
pub use chip::{Chip, wait_for_interrupt};
#[cfg(test)]
mod fake;

pub mod clock;
pub mod reset;
pub mod systick;
pub mod usart;
