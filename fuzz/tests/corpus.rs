//! Replays the committed corpus: what libFuzzer found worth keeping, and each input that once broke something.

use regain_fuzz::TARGETS;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn inputs(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let files = fs::read_dir(folder().join(name)).unwrap_or_else(|error| panic!("{name} has no corpus: {error}"));
    let paths: BTreeSet<PathBuf> = files.map(|file| file.expect("a file of the corpus").path()).collect();
    paths.into_iter().map(|path| (path.clone(), fs::read(path).expect("a file of the corpus"))).collect()
}

#[test]
fn no_input_of_the_corpus_breaks_its_parser() {
    for target in TARGETS {
        let all = inputs(target.name);
        assert!(all.len() >= 3, "{} has only {} inputs", target.name, all.len());
        for (path, bytes) in all {
            // The name of the input, should it break something.
            eprintln!("{}", path.display());
            (target.run)(&bytes);
        }
    }
}

/// Every input once more, cut short everywhere and with every byte changed: what coverage can't be asked for without a search.
#[test]
fn no_near_neighbour_of_the_corpus_breaks_its_parser() {
    const NEIGHBOURS_MAX: usize = 4000;
    for target in TARGETS {
        let mut left = NEIGHBOURS_MAX;
        for (_, bytes) in inputs(target.name).into_iter().filter(|(_, bytes)| bytes.len() <= 256) {
            for place in 0..bytes.len() {
                let mut changed = bytes.clone();
                changed[place] ^= 1 << (place % 8);
                (target.run)(&changed);
                (target.run)(&bytes[..place]);
                left = left.saturating_sub(2);
            }
            if left == 0 {
                break;
            }
        }
    }
}

#[test]
fn every_folder_of_the_corpus_has_its_target() {
    for file in fs::read_dir(folder()).expect("the corpus is beside this crate") {
        let name = file.expect("a folder").file_name().into_string().expect("a plain name");
        assert!(TARGETS.iter().any(|target| target.name == name), "{name}");
    }
}
