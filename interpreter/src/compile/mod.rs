//! From trees to bytecode: scopes, then code.
