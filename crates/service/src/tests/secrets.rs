//! No password, code, handle or full contact is in the log of a whole walk, nor readable in any file.

use super::world::*;
use std::io::Write;
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("free").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[tokio::test]
async fn no_secret_is_in_the_log_or_in_a_file() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    // For all threads: also those that hash and write, and those of the scenes beside this one.
    tracing::subscriber::set_global_default(subscriber).expect("no other scene captures the log");

    let (app, mut anna) = walk_to_password().await;
    app.answer_write(super::world::Write::DoneInSilence);
    anna.types_password(GOOD).await;
    let unclear = files(&app);
    assert_eq!(anna.looks_again().await, "done");
    app.deliver().await;
    let session = match app.sign_in("anna", GOOD).await {
        crate::SignInOutcome::SignedIn { cookie, .. } => cookie,
        _ => panic!("anna signs in"),
    };
    app.sign_in("anna", OTHER).await;
    let report = app.sent().iter().find_map(Sent::report).expect("a link");

    let mut secrets: Vec<String> = app.sent().iter().filter_map(Sent::code).collect();
    assert_eq!(secrets.len(), 2, "both codes");
    let handle = anna.cookie.trim_start_matches("h.").to_owned();
    secrets.extend([handle, session, report].map(|secret| secret.trim().to_owned()));
    secrets.extend([GOOD, OTHER, ANNA_OLD, ANNA_MAIL, ANNA_MOBILE, "470123467"].map(str::to_owned));
    let logged = log.0.lock().expect("free").clone();
    assert!(contains(&logged, b"A recovery moved."), "the log was captured");
    let kept = [unclear, files(&app)].concat();
    assert!(contains(&kept, b"password_reset"), "the files were read");
    for secret in secrets {
        assert!(!contains(&logged, secret.as_bytes()), "{secret} is in the log");
        // Six digits may stand in random bytes by chance; a code would stand in text.
        if secret.len() > 6 {
            assert!(!contains(&kept, secret.as_bytes()), "{secret} is in a file");
        }
    }
}

/// All that is on the disk.
fn files(app: &App) -> Vec<u8> {
    let entries = std::fs::read_dir(app.folder.path()).expect("the folder");
    entries.flat_map(|entry| std::fs::read(entry.expect("an entry").path()).expect("a file")).collect()
}
