//! Password hashes of the embedded directory: Argon2id, at the same cost whether an account is there or not.
//!
//! It knows nothing of accounts. A burst of sign-ins queues here, so that it can't eat the memory.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use recovery::Password;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Memory per hash, in KiB. OWASP's Password Storage Cheat Sheet names 19 MiB with two passes and one lane as the least
/// for Argon2id. It is enough here: the file is the operator's own, sign-ins are throttled before they come this
/// far, and a phone queue of pupils at 8:25 must get through on two cores.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over that memory (OWASP, as above).
const PASSES: u32 = 2;
/// Lanes (OWASP, as above).
const LANES: u32 = 1;

/// A hash of the parameters above that no password has: what an account without a password is compared with.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$cmVnYWluLW5vLWFjY291bnQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Longest wait for a turn to hash.
const TURN_WITHIN: Duration = Duration::from_secs(10);

/// Hashes a password with a fresh salt, as a PHC string. `None` when the system has no random bytes to give.
/// Takes tens of milliseconds of CPU.
pub(super) fn hash(password: &Password) -> Option<String> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the constants above are within Argon2's bounds");
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password(password.reveal().as_bytes()).ok().map(|hash| hash.to_string())
}

/// Whether this is the password of that hash. Without a hash it does the same work, and answers `false`.
pub(super) fn matches(password: &Password, stored: Option<&str>) -> bool {
    let Ok(hash) = PasswordHash::new(stored.unwrap_or(NOBODYS)) else { return false };
    let same = Argon2::default().verify_password(password.reveal().as_bytes(), &hash).is_ok();
    same && stored.is_some()
}

/// Hashes many, on all cores. `None` in the place of one that could not be hashed.
pub(super) fn hash_all(passwords: &[Option<&Password>]) -> Vec<Option<String>> {
    let size = passwords.len().div_ceil(cores()).max(1);
    let of_chunk = |chunk: &[Option<&Password>]| chunk.iter().map(|one| one.and_then(hash)).collect::<Vec<_>>();
    std::thread::scope(|scope| {
        let threads: Vec<_> = passwords.chunks(size).map(|chunk| scope.spawn(move || of_chunk(chunk))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    })
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// As many hashes at a time as there are cores; the others wait their turn.
pub(super) struct Turns(Arc<Semaphore>);

impl Turns {
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(cores())))
    }

    /// Does the work on a thread of its own, in its turn. `None` when its turn does not come within ten seconds.
    pub(super) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let turn = tokio::time::timeout(TURN_WITHIN, self.0.clone().acquire_owned()).await.ok()?.ok()?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password::new(text).expect("not empty")
    }

    #[test]
    fn a_hash_knows_its_password_and_no_other() {
        let stored = hash(&password("Correct horse 1")).expect("random bytes");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(matches(&password("Correct horse 1"), Some(&stored)));
        assert!(!matches(&password("correct horse 1"), Some(&stored)));
        assert_ne!(hash(&password("Correct horse 1")), Some(stored));
    }

    #[test]
    fn nobodys_hash_costs_as_much_as_a_real_one() {
        let real = hash(&password("x")).expect("random bytes");
        let parameters = |phc: &str| PasswordHash::new(phc).map(|hash| (hash.params.to_string(), hash.version)).ok();
        assert!(parameters(NOBODYS).is_some());
        assert_eq!(parameters(NOBODYS), parameters(&real));
        let salt_and_output = |phc: &str| phc.rsplitn(3, '$').take(2).map(str::len).collect::<Vec<_>>();
        assert_eq!(salt_and_output(NOBODYS)[0], salt_and_output(&real)[0]);
        assert!(!matches(&password("x"), None));
    }

    #[test]
    fn many_are_hashed_in_their_order() {
        let passwords = [password("a"), password("b"), password("c")];
        let hashes = hash_all(&[Some(&passwords[0]), None, Some(&passwords[1]), Some(&passwords[2]), None]);
        let has = |place: usize, password: &Password| matches(password, hashes[place].as_deref());
        assert_eq!(hashes.len(), 5);
        assert!(has(0, &passwords[0]) && has(2, &passwords[1]) && has(3, &passwords[2]));
        assert!(hashes[1].is_none() && hashes[4].is_none());
    }
}
