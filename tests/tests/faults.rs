//! The machine itself has a bad day: the disk is full, another program holds the store, ten thousand connections do nothing. Every page has a
//! next step, nothing that was promised is lost, and it goes on by itself afterwards.

use regain_tests::{CAMILLE, NEW_PASSWORD, on, prove_by_email, prove_by_sms, to_methods};
use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use testbed::demo::Demo;
use testbed::walker::Walker;

/// Connections that somebody opens and leaves alone.
const IDLE_CONNECTIONS: usize = 10_000;

/// A small disk of its own, in memory. Needs root, which the suite has wherever it may install its packages.
struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    fn mount(size: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("regain-disk-").tempdir().expect("a temporary folder");
        let option = format!("size={size}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &option, "none"]).arg(folder.path()).status();
        assert!(mounted.is_ok_and(|status| status.success()), "a small disk can be mounted: run the tests as root");
        Self { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes all the room that is left. Answers the file that takes it.
    fn fill(&self) -> PathBuf {
        let path = self.path().join("filler");
        let mut filler = fs::File::create(&path).expect("a file");
        for size in [64 * 1024, 4096, 512, 1] {
            while filler.write_all(&vec![0; size]).is_ok() {}
        }
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.folder.path()).status();
    }
}

fn demo_on(folder: &Path) -> Demo {
    Demo::start(&["--data", folder.to_str().expect("a path of letters")])
}

/// The page that says that something is wrong here has a reference and a way on.
fn is_a_page_with_a_next_step(walker: &Walker) {
    on(walker, "error");
    let page = walker.page();
    assert!(matches!(page.status, 500 | 503), "{page:#?}");
    assert!(page.has_link("/recover") || page.has_link("tel:071123450"), "{page:#?}");
}

#[tokio::test]
async fn a_full_disk_stops_with_a_page_and_goes_on_when_there_is_room() {
    let disk = SmallDisk::mount("24m");
    let demo = demo_on(disk.path());
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    let filler = disk.fill();
    walker.press("method", "email").await;
    is_a_page_with_a_next_step(&walker);
    assert!(demo.messages().await.is_empty(), "nothing is sent that was not kept");
    fs::remove_file(filler).expect("room again");
    walker.open("/recover/method").await;
    prove_by_email(&demo, &mut walker, CAMILLE.email, 1).await;
    prove_by_sms(&demo, &mut walker, &CAMILLE, 1).await;
    on(&walker, "new-password");
    walker.fill("new-password", NEW_PASSWORD).go_on().await;
    on(&walker, "done");
}

#[tokio::test]
async fn a_store_that_another_program_holds_stops_with_a_page_and_goes_on_when_it_lets_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let demo = demo_on(folder.path());
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    let other = rusqlite::Connection::open(folder.path().join("regain.db")).expect("the store");
    other.execute_batch("BEGIN IMMEDIATE").expect("it is held");
    walker.press("method", "email").await;
    is_a_page_with_a_next_step(&walker);
    other.execute_batch("ROLLBACK").expect("it is let go");
    walker.open("/recover/method").await;
    prove_by_email(&demo, &mut walker, CAMILLE.email, 1).await;
    on(&walker, "method");
    assert_eq!(demo.messages().await.len(), 1, "what was not kept was not sent");
}

#[tokio::test]
async fn ten_thousand_idle_connections_keep_nobody_out() {
    let demo = Demo::start(&[]);
    let address = demo.base.trim_start_matches("http://").to_owned();
    let mut idle = Vec::with_capacity(IDLE_CONNECTIONS);
    for n in 0..IDLE_CONNECTIONS {
        let mut line = TcpStream::connect(&address).expect("a connection");
        // Half of them have begun to say something.
        if n % 2 == 0 {
            line.write_all(b"GET /recover HTTP/1.1\r\nHost: ").expect("a few bytes");
        }
        idle.push(line);
    }
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    prove_by_email(&demo, &mut walker, CAMILLE.email, 1).await;
    on(&walker, "method");
    drop(idle);
}
