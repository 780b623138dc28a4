//! The menu of chores: `cargo xtask test`.

use std::process::{Command, ExitCode};

/// Debian packages that the tests need: real servers and a browser.
const DEBIAN: [&str; 11] = [
    "slapd", "slapd-contrib", "ldap-utils", "openssl", "postfix", "dovecot-core", "kannel", "kannel-extras", "chromium",
    "chromium-driver", "fonts-dejavu-core",
];

fn main() -> ExitCode {
    let task = std::env::args().nth(1).unwrap_or_default();
    match task.as_str() {
        "test" => test(),
        _ => {
            eprintln!("usage: cargo xtask test");
            ExitCode::FAILURE
        }
    }
}

fn test() -> ExitCode {
    let install = format!(
        "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends {}",
        DEBIAN.join(" ")
    );
    if !run(Command::new("sh").args(["-c", &install])) {
        return ExitCode::FAILURE;
    }
    if run(Command::new("cargo").args(["test", "--workspace", "--all-features"])) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run(command: &mut Command) -> bool {
    command.status().is_ok_and(|status| status.success())
}
