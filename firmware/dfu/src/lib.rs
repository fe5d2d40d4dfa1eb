//! DFU 1.1 and DfuSe 1.1a: protocol, device, host and the `.dfu` file, with no hardware.
#![no_std]
