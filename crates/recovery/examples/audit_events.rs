//! Prints the reference page of all audit events, for `cargo xtask docs`.

fn main() {
    print!("{}", regain_recovery::audit_reference());
}
