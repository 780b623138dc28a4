//! What the tests need beside Rust: Debian packages and the browser's driver. Installed only where it is missing.

use crate::root;
use std::path::Path;
use std::process::{Command, Stdio};

/// Debian packages: real servers, a browser with letters to show, and what runs its driver.
const DEBIAN: [&str; 15] = [
    "slapd",
    "slapd-contrib",
    "ldap-utils",
    "openssl",
    "postfix",
    "dovecot-core",
    "kannel",
    "kannel-extras",
    "chromium",
    "fonts-dejavu-core",
    "procps",
    "rsyslog",
    "rsyslog-gnutls",
    "nodejs",
    "npm",
];

/// Programs that a machine may also have from elsewhere than Debian.
const ELSEWHERE: [(&str, &str); 2] = [("nodejs", "node"), ("npm", "npm")];

/// Installs what is missing, or says how. Answers whether all is there.
pub fn install() -> bool {
    debian() && npm()
}

fn debian() -> bool {
    let missing: Vec<&str> = DEBIAN.into_iter().filter(|package| !is_there(package)).collect();
    if missing.is_empty() {
        return true;
    }
    let line = format!(
        "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends {}",
        missing.join(" ")
    );
    if !is_root() {
        eprintln!(
            "The tests need Debian packages that are not installed. Run this line, then try again:\n\n  sudo sh -c '{line}'\n"
        );
        return false;
    }
    eprintln!("installing {}", missing.join(" "));
    Command::new("sh").args(["-c", &line]).stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn is_there(package: &str) -> bool {
    let program = ELSEWHERE.iter().find(|(name, _)| *name == package).map(|(_, program)| program);
    if program.is_some_and(|program| quietly(Command::new(program).arg("--version"))) {
        return true;
    }
    let asked =
        Command::new("dpkg-query").args(["-W", "-f=${db:Status-Status}", package]).stderr(Stdio::null()).output();
    asked.is_ok_and(|answer| answer.stdout == b"installed")
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|answer| answer.stdout.trim_ascii() == b"0")
}

/// `npm ci`, when the lock file is not what is installed.
fn npm() -> bool {
    let folder = root().join("tests/browser");
    let (wanted, installed) = (folder.join("package-lock.json"), folder.join("node_modules/.regain-installed"));
    let read = |path: &Path| std::fs::read(path).ok();
    if read(&wanted).is_some() && read(&wanted) == read(&installed) {
        return true;
    }
    eprintln!("installing the browser's driver");
    let done = Command::new("npm").args(["ci", "--silent"]).current_dir(&folder).status();
    done.is_ok_and(|status| status.success()) && std::fs::copy(&wanted, &installed).is_ok()
}

fn quietly(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
