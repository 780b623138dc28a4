//! How a recovery is written down and read back.
//!
//! This room owns both directions, so that nobody else can make a [`Proof`] from bytes of their own: the bytes are
//! sealed by the store and in the cookie. One version byte, then fields in order; lengths come first.

use crate::gate::Seal;
use crate::state::{Gate, Phase, Proving, SentCode, Subject};
use crate::{
    AccountId, CodeHash, ContactPrint, Destination, GateProof, Independence, Line, Mask, MethodKind, Notice, Obstacle,
    Offer, PendingWrite, Policy, Proof, Recovery, RecoveryId, Stop, Timestamp, UserName,
};
use std::collections::BTreeMap;

/// The version of this encoding. A new one reads the old ones.
const VERSION: u8 = 1;

/// More items than any list of a state has.
const ITEMS_MAX: u32 = 1_000_000;

/// The bytes are not a state that this version knows.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a saved state can't be read: {0}")]
pub struct Unreadable(&'static str);

impl Recovery {
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer(vec![VERSION]);
        self.put(&mut out);
        out.0
    }

    /// # Errors
    /// When the bytes were not written by [`Recovery::encode`] of a version that this one knows.
    pub fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut input = Reader(bytes);
        if u8::get(&mut input)? != VERSION {
            return Err(Unreadable("unknown version"));
        }
        let recovery = Recovery::get(&mut input)?;
        let offers = recovery.offers.len();
        let place = match &recovery.phase {
            Phase::Proving(gate) | Phase::WaitingForHelp(gate) => [
                gate.at.sent().map(|sent| sent.offer),
                if let Proving::TypingContact { offer, .. } = gate.at { Some(offer) } else { None },
            ],
            _ => [None, None],
        };
        if !input.0.is_empty() || place.into_iter().flatten().any(|place| place >= offers) {
            return Err(Unreadable("it does not fit together"));
        }
        Ok(recovery)
    }
}

struct Writer(Vec<u8>);
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take(&mut self, count: usize) -> Result<&[u8], Unreadable> {
        let (head, rest) = self.0.split_at_checked(count).ok_or(Unreadable("it ends too soon"))?;
        self.0 = rest;
        Ok(head)
    }
}

trait Saved: Sized {
    fn put(&self, out: &mut Writer);
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable>;
}

macro_rules! saved_number {
    ($($number:ty),*) => {$(
        impl Saved for $number {
            fn put(&self, out: &mut Writer) {
                out.0.extend(self.to_be_bytes());
            }
            fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
                let mut bytes = [0; size_of::<$number>()];
                bytes.copy_from_slice(input.take(size_of::<$number>())?);
                Ok(<$number>::from_be_bytes(bytes))
            }
        }
    )*};
}
saved_number!(u8, u32, i64);

/// A struct is its fields in order.
macro_rules! saved_struct {
    ($name:ident { $($field:ident),* }) => {
        impl Saved for $name {
            fn put(&self, out: &mut Writer) {
                $(self.$field.put(out);)*
            }
            fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
                Ok($name { $($field: Saved::get(input)?),* })
            }
        }
    };
}

/// An enum is a number for its variant, then the variant's fields. Numbers are never used again for something else.
macro_rules! saved_enum {
    ($name:ident { $($number:literal => $variant:ident $({ $($field:ident),* })? $(( $($item:ident),* ))?),* $(,)? }) => {
        impl Saved for $name {
            fn put(&self, out: &mut Writer) {
                match self {
                    $($name::$variant $({ $($field),* })? $(( $($item),* ))? => {
                        out.0.push($number);
                        $($($field.put(out);)*)?
                        $($($item.put(out);)*)?
                    })*
                }
            }
            fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
                Ok(match u8::get(input)? {
                    $($number => {
                        $($(let $field = Saved::get(input)?;)*)?
                        $($(let $item = Saved::get(input)?;)*)?
                        $name::$variant $({ $($field),* })? $(( $($item),* ))?
                    })*
                    _ => return Err(Unreadable(concat!("unknown ", stringify!($name)))),
                })
            }
        }
    };
}

mod census;

impl Saved for bool {
    fn put(&self, out: &mut Writer) {
        u8::from(*self).put(out);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        Ok(u8::get(input)? != 0)
    }
}

impl Saved for usize {
    fn put(&self, out: &mut Writer) {
        u32::try_from(*self).unwrap_or(u32::MAX).put(out);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        usize::try_from(u32::get(input)?).map_err(|_| Unreadable("a number is too large"))
    }
}

impl Saved for char {
    fn put(&self, out: &mut Writer) {
        u32::from(*self).put(out);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        char::from_u32(u32::get(input)?).ok_or(Unreadable("not a character"))
    }
}

impl<const N: usize> Saved for [u8; N] {
    fn put(&self, out: &mut Writer) {
        out.0.extend(self);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let mut bytes = [0; N];
        bytes.copy_from_slice(input.take(N)?);
        Ok(bytes)
    }
}

impl Saved for [char; 2] {
    fn put(&self, out: &mut Writer) {
        self[0].put(out);
        self[1].put(out);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        Ok([char::get(input)?, char::get(input)?])
    }
}

impl<T: Saved> Saved for Vec<T> {
    fn put(&self, out: &mut Writer) {
        self.len().put(out);
        self.iter().for_each(|item| item.put(out));
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let count = u32::get(input)?;
        if count > ITEMS_MAX {
            return Err(Unreadable("a list is too long"));
        }
        (0..count).map(|_| T::get(input)).collect()
    }
}

impl<K: Saved + Ord, V: Saved> Saved for BTreeMap<K, V> {
    fn put(&self, out: &mut Writer) {
        self.len().put(out);
        self.iter().for_each(|(key, value)| {
            key.put(out);
            value.put(out);
        });
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let count = u32::get(input)?;
        if count > ITEMS_MAX {
            return Err(Unreadable("a map is too long"));
        }
        (0..count).map(|_| Ok((K::get(input)?, V::get(input)?))).collect()
    }
}

impl<T: Saved> Saved for Option<T> {
    fn put(&self, out: &mut Writer) {
        self.is_some().put(out);
        if let Some(item) = self {
            item.put(out);
        }
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        if bool::get(input)? { T::get(input).map(Some) } else { Ok(None) }
    }
}

impl Saved for String {
    fn put(&self, out: &mut Writer) {
        self.len().put(out);
        out.0.extend(self.as_bytes());
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let length = usize::get(input)?;
        let bytes = input.take(length)?;
        String::from_utf8(bytes.to_vec()).map_err(|_| Unreadable("not a text"))
    }
}

impl Saved for Timestamp {
    fn put(&self, out: &mut Writer) {
        self.millis().put(out);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        i64::get(input).map(Timestamp::from_millis)
    }
}

impl Saved for ContactPrint {
    fn put(&self, out: &mut Writer) {
        self.bytes().put(out);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        Saved::get(input).map(ContactPrint::from_bytes)
    }
}

impl Saved for UserName {
    fn put(&self, out: &mut Writer) {
        self.as_str().to_owned().put(out);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        UserName::parse(&String::get(input)?).ok_or(Unreadable("not a user name"))
    }
}

impl Saved for Policy {
    fn put(&self, out: &mut Writer) {
        self.methods.iter().copied().collect::<Vec<_>>().put(out);
        self.gates.put(out);
        self.independence.put(out);
        self.type_email.put(out);
        self.code_digits.put(out);
        self.code_ttl_seconds.put(out);
        self.attempts_max.put(out);
        self.failures_max.put(out);
        self.sends_max.put(out);
        self.resend_seconds.put(out);
        self.idle_seconds.put(out);
        self.contact_wait_seconds.put(out);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let methods: Vec<MethodKind> = Saved::get(input)?;
        Ok(Policy {
            methods: methods.into_iter().collect(),
            gates: Saved::get(input)?,
            independence: Saved::get(input)?,
            type_email: Saved::get(input)?,
            code_digits: Saved::get(input)?,
            code_ttl_seconds: Saved::get(input)?,
            attempts_max: Saved::get(input)?,
            failures_max: Saved::get(input)?,
            sends_max: Saved::get(input)?,
            resend_seconds: Saved::get(input)?,
            idle_seconds: Saved::get(input)?,
            contact_wait_seconds: Saved::get(input)?,
        })
    }
}

impl Saved for AccountId {
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        String::get(input).map(AccountId)
    }
}

impl Saved for RecoveryId {
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        Saved::get(input).map(RecoveryId)
    }
}

impl Saved for Seal {
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        Saved::get(input).map(Seal)
    }
}

impl Saved for CodeHash {
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        Saved::get(input).map(CodeHash)
    }
}

saved_enum!(MethodKind { 1 => Email, 2 => Sms, 3 => Call });
saved_enum!(Independence { 1 => Contacts, 2 => Channels });
saved_enum!(Line { 1 => Mobile, 2 => Office });
saved_enum!(Obstacle { 1 => TooFewMethods, 2 => Disabled, 3 => Paused, 4 => FreshContacts { until } });
saved_enum!(Mask { 1 => Email { first, domain }, 2 => Phone { line, last_two } });
saved_enum!(Destination { 1 => OnRecord(print), 2 => Nowhere(print) });
/// Room for a subject: an id of a usual directory and an obstacle fill less than half of it.
const SUBJECT_BLOCK_BYTES: usize = 128;
/// The longest obstacle: its number and a point in time.
const OBSTACLE_BYTES_MAX: usize = 9;

/// Filled up to a whole number of blocks: a state travels in a cookie, whose length must not say whether there is an account.
impl Saved for Subject {
    fn put(&self, out: &mut Writer) {
        let mut plain = Writer(Vec::new());
        match self {
            Subject::Account { id, obstacle } => {
                plain.0.push(1);
                id.put(&mut plain);
                // The longest one's room is taken whatever there is, and where there is none.
                let room = plain.0.len() + 1 + OBSTACLE_BYTES_MAX;
                obstacle.is_some().put(&mut plain);
                obstacle.unwrap_or(Obstacle::TooFewMethods).put(&mut plain);
                plain.0.resize(room, 0);
            }
            Subject::Nobody => plain.0.push(2),
        }
        plain.0.resize(plain.0.len().next_multiple_of(SUBJECT_BLOCK_BYTES), 0);
        plain.0.put(out);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let plain: Vec<u8> = Saved::get(input)?;
        let mut plain = Reader(&plain);
        Ok(match u8::get(&mut plain)? {
            1 => {
                let id = Saved::get(&mut plain)?;
                let (is_some, obstacle) = (bool::get(&mut plain)?, Saved::get(&mut plain)?);
                Subject::Account { id, obstacle: is_some.then_some(obstacle) }
            }
            2 => Subject::Nobody,
            _ => return Err(Unreadable("unknown Subject")),
        })
    }
}
saved_enum!(Stop {
    1 => TooManyAttempts, 2 => Paused { until }, 3 => TooLate, 4 => NoMethod, 5 => Cancelled, 6 => Obstacle(obstacle),
    7 => AccountUnusable, 8 => WriteNotAllowed, 9 => NeverSettled, 10 => ProofsVoid,
});
saved_enum!(Notice {
    1 => NotANumber, 2 => NotAnAddress, 3 => DoesNotFitMask, 4 => CodeWrong { attempts_left }, 5 => NotACode,
    6 => CodeExpired, 7 => NotYet { resend_at }, 8 => FreshCode, 9 => NoMoreMessages, 10 => MoreTime, 11 => GatePassed,
    12 => PasswordsDiffer, 13 => PasswordRefused { failed, strength }, 14 => DirectoryAway, 15 => NotWritten,
    16 => Wait { until },
});
saved_enum!(Proving {
    1 => Choosing { last }, 2 => TypingContact { offer, last }, 3 => TypingCode { sent },
});
saved_enum!(Phase {
    1 => Proving(gate), 2 => WaitingForHelp(gate), 3 => ChoosingPassword { proof }, 4 => Writing { proof, write },
    5 => Done, 6 => Stopped { stop, at },
});
saved_struct!(GateProof { kind, contact, at, seal });
saved_struct!(Proof { recovery, realm, account, gates });
saved_struct!(Offer { kind, mask, to });
saved_struct!(SentCode { offer, to, hash, sent_at, expires_at, resend_at, typed });
saved_struct!(Gate { passed, attempts_left, sends, at });
saved_struct!(PendingWrite { sealed, began_at, changed_before, unclear });
saved_struct!(Recovery { id, realm, user_name, subject, policy, offers, deadline, kept, failures, notice, phase });
