//! Prints the reference page of all settings, for `cargo xtask docs`.

fn main() {
    print!("{}", regain_settings::reference());
}
