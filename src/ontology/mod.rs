//! Under construction.

pub mod classes;
