//! The product against the real world: `regain serve` with one file of settings before a real slapd, a real mail server and a real
//! Kannel; and what people meet when one of them, or Regain itself, dies in the middle.

mod real {
    pub mod bad_days;
    pub mod check;
    pub mod walk;
    pub mod world;
}
