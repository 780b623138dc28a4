//! Keeps what is in memory there: no core dump holds keys, codes or passwords.
//!
//! For the start of every command. It does not stop an administrator of the machine, who can read any memory.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Forbids core dumps of this process: by the limit on their size, and, on Linux, by marking the process as one that is not
/// dumped, which also hides its memory and environment in `/proc` from other processes of the same user. What the system
/// refuses is no reason not to start; it is said in the log.
pub fn no_core_dumps() {
    if let Err(error) = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }) {
        tracing::warn!(%error, "Core dumps could not be forbidden: a crash may write keys to the disk.");
    }
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable) {
        tracing::warn!(%error, "The process could not be marked as one that is not dumped.");
    }
}
