//! The operator's commands, through the real binary in folders of their own.

mod audit;
mod bench;
mod files;
mod keys;
mod people;
mod privacy;
mod running;
