//! Which language a browser would like best (RFC 9110 §12.5.4). It knows tags, not texts.

/// Ranges of one header that are looked at; a browser sends a handful.
const RANGES_MAX: usize = 32;

/// The ranges of an `Accept-Language` header, best first, in lower case; those with quality 0 are left out.
/// What can't be read is skipped: a header is never an error.
pub(crate) fn ranges(header: &str) -> Vec<String> {
    let mut ranges: Vec<(u16, String)> = header.split(',').take(RANGES_MAX).filter_map(range).collect();
    ranges.sort_by_key(|(quality, _)| std::cmp::Reverse(*quality));
    ranges.into_iter().filter(|(quality, _)| *quality > 0).map(|(_, tag)| tag).collect()
}

/// One range and its quality in thousandths.
fn range(text: &str) -> Option<(u16, String)> {
    let mut parts = text.split(';').map(str::trim);
    let tag = parts.next()?.to_ascii_lowercase();
    let plain = tag == "*" || tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if tag.is_empty() || !plain {
        return None;
    }
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let quality = match weight {
        None => 1000,
        Some(weight) => thousandths(weight.trim())?,
    };
    Some((quality, tag))
}

/// `0.8` as 800. `None` unless it is a number from 0 to 1.
fn thousandths(weight: &str) -> Option<u16> {
    let quality: f32 = weight.parse().ok()?;
    (0.0..=1.0).contains(&quality).then_some((quality * 1000.0).round() as u16)
}

/// Whether a range asks for this tag or for a dialect of it: `fr-BE` is served by `fr` (RFC 4647 §3.4, look-up).
pub(crate) fn serves(tag: &str, range: &str) -> bool {
    let prefix = |long: &str, short: &str| {
        long.get(..short.len()).is_some_and(|start| start.eq_ignore_ascii_case(short))
            && matches!(long.as_bytes().get(short.len()), None | Some(b'-'))
    };
    prefix(range, tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_come_best_first() {
        assert_eq!(ranges("fr-BE, fr;q=0.9, en;q=0.8, nl;q=0.85"), ["fr-be", "fr", "nl", "en"]);
        assert_eq!(ranges("en;q=0.5,de"), ["de", "en"]);
        assert_eq!(ranges("nl;q=0, *;q=0.1"), ["*"]);
    }

    #[test]
    fn what_can_not_be_read_is_skipped() {
        for header in ["", ",,,", "fr;q=2", "fr;q=x", "fr;q=NaN", "é", "fr fr", ";q=1"] {
            assert!(ranges(header).is_empty(), "{header}");
        }
        assert_eq!(ranges("x;q=, de ; q=0.3"), ["de"]);
        assert_eq!(ranges(&"a,".repeat(1000)).len(), RANGES_MAX);
    }

    #[test]
    fn a_dialect_is_served_by_its_language() {
        assert!(serves("fr", "fr-be"));
        assert!(serves("fr", "fr"));
        assert!(!serves("fr", "fry"));
        assert!(!serves("fr", "f"));
    }
}
