//! The STM32F405's registers and peripherals; nothing of Python.
#![no_std]
