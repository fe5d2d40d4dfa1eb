//! The board link against a board that follows a script, on a paused clock.

mod protocol;
mod scripted;
mod session;
