//! Whose images are taken, and what that leaves free: the two builds of the loader.

#[cfg(not(feature = "signed"))]
mod anybody;
#[cfg(feature = "signed")]
mod maker;

#[cfg(not(feature = "signed"))]
pub use anybody::*;
#[cfg(feature = "signed")]
pub use maker::*;
