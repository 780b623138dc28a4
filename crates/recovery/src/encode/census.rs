//! How a census is written down and read back. The store keeps it sealed, and for ever.

use super::{Reader, Saved, Unreadable, Writer};
use crate::Census;
use crate::house::{House, HouseRule};
use crate::look::{EmailLook, Form, Letter, Look};
use std::collections::BTreeSet;

/// The version of this encoding.
const VERSION: u8 = 2;

impl Census {
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer(vec![VERSION]);
        self.put(&mut out);
        out.0
    }

    /// # Errors
    /// When the bytes were not written by [`Census::encode`] of a version that this one knows.
    pub fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut input = Reader(bytes);
        if u8::get(&mut input)? != VERSION {
            return Err(Unreadable("unknown version"));
        }
        Census::get(&mut input)
    }
}

impl<T: Saved + Ord + Clone> Saved for BTreeSet<T> {
    fn put(&self, out: &mut Writer) {
        self.iter().cloned().collect::<Vec<T>>().put(out);
    }
    fn get(input: &mut Reader<'_>) -> Result<Self, Unreadable> {
        Vec::<T>::get(input).map(|items| items.into_iter().collect())
    }
}

saved_enum!(Letter { 1 => OfPart(part), 2 => Second, 3 => AsAddress(place), 4 => Within, 5 => Elsewhere });
saved_enum!(HouseRule {
    1 => InitialLast, 2 => InitialDotLast, 3 => Joined, 4 => LastInitial, 5 => LastFirst, 6 => FirstInitial, 7 => Turned,
});
saved_struct!(House { rule, followers, among });
saved_struct!(Form { parts, initial, digits });
saved_struct!(EmailLook { letter, domain });
saved_struct!(Look { group, emails, mobiles, offices });
saved_struct!(Census { number, taken_at, looks, domains, letters, mobile_endings, office_endings, house });
