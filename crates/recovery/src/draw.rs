//! Numbers that only a key and a name decide: the same today, tomorrow and on every node.

use crate::mac;

/// An endless row of them.
pub(crate) struct Draw {
    seed: [u8; 32],
    turn: u64,
}

impl Draw {
    pub fn new(key: &[u8; 32], name: &[&str]) -> Self {
        let parts: Vec<&[u8]> = name.iter().map(|part| part.as_bytes()).collect();
        Self { seed: mac(key, &parts), turn: 0 }
    }

    pub fn next(&mut self) -> [u8; 32] {
        self.turn += 1;
        mac(&self.seed, &[&self.turn.to_be_bytes()])
    }

    /// A number below `bound`, which is far below 2⁶⁴: the bias of the remainder does not show.
    fn below(&mut self, bound: u64) -> u64 {
        let bytes = self.next();
        let mut head = [0; 8];
        head.copy_from_slice(&bytes[..8]);
        u64::from_be_bytes(head) % bound.max(1)
    }

    /// One of the choices, each as likely as its weight says; `None` when none has any.
    pub fn weighted<T>(&mut self, choices: impl Iterator<Item = (T, u32)> + Clone) -> Option<T> {
        let total: u64 = choices.clone().map(|(_, weight)| u64::from(weight)).sum();
        let mut left = self.below(total);
        for (choice, weight) in choices {
            match left.checked_sub(u64::from(weight)) {
                Some(rest) => left = rest,
                None => return Some(choice),
            }
        }
        None
    }
}
