//! The alert to the secretariat after somebody reported "that was not me".

use super::sheet::{Put, Sheet};
use super::{Mail, Organisation, one_line};
use crate::{Timestamp, Words};
use std::borrow::Cow;

/// Somebody reported that it was not them.
pub struct NotMeAlert<'a> {
    pub organisation: &'a Organisation,
    pub user_name: &'a str,
    /// When it was reported.
    pub at: Timestamp,
    /// Until when nobody can recover this account.
    pub paused_until: Timestamp,
}

impl NotMeAlert<'_> {
    pub fn mail(&self, words: &Words) -> Mail {
        let zone = &self.organisation.zone;
        let when = words.day_and_clock(self.at, zone);
        let until = words.day_and_clock(self.paused_until, zone);
        let user = one_line(self.user_name);

        let mut sheet = Sheet::new(words, self.organisation);
        sheet.paragraph("message-alert-what", &[("when", Put::Text(&when)), ("user", Put::Name(&user))]);
        sheet.paragraph("message-alert-paused", &[("until", Put::Strong(&until))]);
        sheet.warm("message-alert-do", "message-alert-do-more", &[]);
        sheet.paragraph("message-alert-explain", &[]);
        sheet.command(format!("regain explain {}", shell_word(&user)));
        sheet.paragraph("message-alert-resume", &[]);
        sheet.command(format!("regain resume {}", shell_word(&user)));
        sheet.finish("message-alert-subject", words.say("message-alert-preview"), "message-alert-heading")
    }
}

/// One word for a shell (POSIX.1-2024, Shell Command Language §2.2.2), whatever somebody named an account.
fn shell_word(text: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@%+=:,./_-".contains(c);
    if !text.is_empty() && !text.starts_with('-') && text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("'{}'", text.replace('\'', r"'\''")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_can_be_pasted_whatever_the_name() {
        assert_eq!(shell_word("lea.dubois@ecole.example"), "lea.dubois@ecole.example");
        assert_eq!(shell_word("O'Neil"), r"'O'\''Neil'");
        assert_eq!(shell_word("a; rm -rf /"), "'a; rm -rf /'");
        assert_eq!(shell_word("léa"), "'léa'");
    }
}
