//! Scenes on the whole service: the real store in a temporary folder, the embedded directory, channels that write down what
//! they are given, a clock that the test moves.

mod census;
mod clock;
mod contacts;
mod keys;
mod known;
mod outbox;
mod own_networks;
mod owner;
mod personal;
mod puppet;
mod sameness;
mod secrets;
mod shipping;
mod sign_in;
mod tabs;
mod throttles;
mod walk;
pub(crate) mod world;
mod writes;
