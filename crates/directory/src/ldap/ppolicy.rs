//! The password policy control (draft-behera-ldap-password-policy-10 §6): what a directory says about a password.

use super::ber;
use crate::Refusal;
use ldap3::controls::{Control, RawControl};

/// The object identifier of request and response.
pub(super) const OID: &str = "1.3.6.1.4.1.42.2.27.8.5.1";

/// The request: no value, not critical, so that a server without a policy does as it is asked all the same.
pub(super) fn request() -> RawControl {
    RawControl { ctype: OID.to_owned(), crit: false, val: None }
}

/// What the response holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Response {
    pub error: Option<PolicyError>,
    /// The password has expired, and this many more sign-ins are let through.
    pub grace_sign_ins: Option<u32>,
}

/// The errors of the draft, by their numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PolicyError {
    PasswordExpired,
    AccountLocked,
    ChangeAfterReset,
    PasswordModNotAllowed,
    MustSupplyOldPassword,
    InsufficientPasswordQuality,
    PasswordTooShort,
    PasswordTooYoung,
    PasswordInHistory,
    /// Any number that the draft does not have.
    Other(u32),
}

impl PolicyError {
    fn from_number(number: u32) -> Self {
        match number {
            0 => Self::PasswordExpired,
            1 => Self::AccountLocked,
            2 => Self::ChangeAfterReset,
            3 => Self::PasswordModNotAllowed,
            4 => Self::MustSupplyOldPassword,
            5 => Self::InsufficientPasswordQuality,
            6 => Self::PasswordTooShort,
            7 => Self::PasswordTooYoung,
            8 => Self::PasswordInHistory,
            other => Self::Other(other),
        }
    }

    /// The rule that a new password breaks. `None` for an error that is not about a new password.
    pub(super) fn refusal(self) -> Option<Refusal> {
        match self {
            Self::PasswordModNotAllowed | Self::MustSupplyOldPassword => Some(Refusal::ChangeNotAllowed),
            Self::InsufficientPasswordQuality => Some(Refusal::TooSimple),
            Self::PasswordTooShort => Some(Refusal::TooShort),
            Self::PasswordTooYoung => Some(Refusal::TooYoung),
            Self::PasswordInHistory => Some(Refusal::InHistory),
            Self::Other(_) => Some(Refusal::Unspecified),
            Self::PasswordExpired | Self::AccountLocked | Self::ChangeAfterReset => None,
        }
    }
}

/// Finds and reads the response among an answer's controls. The default when there is none, or none that can be read.
pub(super) fn response(controls: &[Control]) -> Response {
    let value = controls.iter().find(|control| control.1.ctype == OID).and_then(|control| control.1.val.as_deref());
    value.and_then(parse).unwrap_or_default()
}

/// `SEQUENCE { warning [0] CHOICE { timeBeforeExpiration [0], graceAuthNsRemaining [1] }, error [1] ENUMERATED }`,
/// each part optional, with implicit tags.
fn parse(value: &[u8]) -> Option<Response> {
    let (sequence, _) = ber::first(value)?;
    if sequence.tag != 0x30 {
        return None;
    }
    let mut response = Response::default();
    for part in ber::all(sequence.content)? {
        match part.tag {
            0x81 => response.error = Some(PolicyError::from_number(ber::unsigned(part.content)?)),
            0xa0 => {
                let (warning, _) = ber::first(part.content)?;
                if warning.tag == 0x81 {
                    response.grace_sign_ins = ber::unsigned(warning.content);
                }
            }
            _ => {}
        }
    }
    Some(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(value: &[u8]) -> Option<PolicyError> {
        parse(value).and_then(|response| response.error)
    }

    #[test]
    fn both_servers_ways_of_writing_are_read() {
        let openldap: &[u8] = &[0x30, 3, 0x81, 1, 6];
        let directory_389: &[u8] = &[0x30, 0x84, 0, 0, 0, 3, 0x81, 1, 6];
        assert_eq!(error(openldap), Some(PolicyError::PasswordTooShort));
        assert_eq!(error(directory_389), Some(PolicyError::PasswordTooShort));
        assert_eq!(error(&[0x30, 3, 0x81, 1, 8]).and_then(PolicyError::refusal), Some(Refusal::InHistory));
        assert_eq!(parse(&[0x30, 0]), Some(Response::default()));
    }

    #[test]
    fn warnings_are_told_from_errors() {
        let grace = &[0x30, 8, 0xa0, 3, 0x81, 1, 2, 0x81, 1, 2];
        assert_eq!(
            parse(grace),
            Some(Response { error: Some(PolicyError::ChangeAfterReset), grace_sign_ins: Some(2) })
        );
        let expires_in_a_minute = &[0x30, 5, 0xa0, 3, 0x80, 1, 60];
        assert_eq!(parse(expires_in_a_minute), Some(Response::default()));
    }

    #[test]
    fn nonsense_is_no_response_and_no_panic() {
        for value in [
            &[][..],
            &[0x30],
            &[0x30, 3, 0x81, 1],
            &[0x30, 0x80, 0x81, 1, 6, 0, 0],
            &[0x31, 3, 0x81, 1, 6],
            &[0x30, 0x88, 255, 255, 255, 255, 255, 255, 255, 255, 1],
            &[0x30, 7, 0x81, 5, 1, 1, 1, 1, 1],
        ] {
            assert_eq!(parse(value), None, "{value:?}");
        }
    }
}
