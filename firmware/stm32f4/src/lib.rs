//! The STM32F405's registers and peripherals; nothing of Python.
//!
//! A file for each peripheral, over the same kind of bus as `stm32f1` has: memory on the chip (`chip.rs`, the one unsafe room), a
//! fake register file in tests, which keeps what was written and in which order. Start-up survives a missing crystal, and every
//! wait is bounded. This crate does not know a board's pins or what they are for. Sections are cited from ST's reference manual
//! RM0090 for the chip and PM0214 for the processor.
#![no_std]

pub mod register;
pub use register::{Bus, Register};

#[cfg(target_os = "none")]
mod chip;
#[cfg(target_os = "none")]
pub use chip::{
    Chip, ask_for_loader, enter_rom, hold_interrupts, let_interrupts, start, take_loader_request, wait_for_interrupt,
};
#[cfg(test)]
mod fake;

pub mod adc;
pub mod backup;
pub mod bitstream;
pub mod can;
pub mod clock;
pub mod dac;
pub mod exti;
pub mod flash;
pub mod gpio;
pub mod i2c;
pub mod i2s;
pub mod nvic;
pub mod otg;
pub mod random;
pub mod reset;
pub mod rtc;
pub mod sdio;
pub mod signature;
pub mod sleep;
pub mod spi;
pub mod systick;
pub mod timer;
pub mod usart;
pub mod watchdog;
