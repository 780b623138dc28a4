//! Writes every page in every state and language to a folder, for eyes and validators:
//! `cargo run -p regain-web --example gallery -- FOLDER`

#[path = "../tests/samples/mod.rs"]
mod samples;

use language::Languages;
use samples::{Album, School};
use std::fs;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    let tags: Vec<&str> = Languages::known().collect();
    let languages = Languages::built_in(&tags)?;
    let school = School::new();
    for words in languages.all() {
        let place = folder.join(words.tag());
        fs::create_dir_all(&place)?;
        for (name, html) in Album::fill(&school, &languages, words) {
            fs::write(place.join(format!("{name}.html")), html)?;
        }
    }
    fs::write(folder.join("script.js"), regain_web::SCRIPT)?;
    fs::write(folder.join("policy.txt"), school.looks.policy())?;
    fs::write(folder.join("policy-messages.txt"), school.looks.messages_policy())?;
    Ok(())
}
