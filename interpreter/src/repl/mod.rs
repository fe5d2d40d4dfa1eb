//! The prompt: friendly, raw and raw-paste.
