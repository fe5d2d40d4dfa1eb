//! The STM32F100's registers and peripherals; nothing of Python.
#![no_std]
