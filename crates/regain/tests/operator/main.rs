//! The operator's commands, through the real binary in folders of their own.

mod audit;
mod bench;
mod files;
mod people;
mod running;
