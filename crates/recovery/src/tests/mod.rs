//! Tests of the walk: tables of what a person does and then sees, properties, and a model check.

mod decoys;
mod model;
mod odds;
mod proofs;
mod tables;
mod world;
