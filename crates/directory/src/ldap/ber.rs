//! Just enough BER (X.690 §8) to read the values of controls.

/// One element: its tag octet and its content.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Element<'a> {
    pub tag: u8,
    pub content: &'a [u8],
}

/// The first element and what follows it. Takes lengths in short and long form; `None` for what is cut short, has a tag
/// of several octets, or an indefinite length (RFC 4511 §5.1 forbids it).
pub(super) fn first(input: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let (tag, rest) = input.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match *first {
        short @ 0..0x80 => (usize::from(short), rest),
        0x80 => return None,
        long => {
            let (octets, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
            (usize::try_from(unsigned(octets)?).ok()?, rest)
        }
    };
    let (content, rest) = rest.split_at_checked(length)?;
    (tag & 0x1f != 0x1f).then_some((Element { tag: *tag, content }, rest))
}

/// All elements, one after the other. `None` when one can't be read.
pub(super) fn all(mut input: &[u8]) -> Option<Vec<Element<'_>>> {
    let mut elements = Vec::new();
    while !input.is_empty() {
        let (element, rest) = first(input)?;
        elements.push(element);
        input = rest;
    }
    Some(elements)
}

/// The number in these octets, most significant first. `None` when it does not fit.
pub(super) fn unsigned(octets: &[u8]) -> Option<u32> {
    let significant = octets.iter().skip_while(|octet| **octet == 0);
    if significant.clone().count() > 4 {
        return None;
    }
    Some(significant.fold(0, |number, octet| number << 8 | u32::from(*octet)))
}
