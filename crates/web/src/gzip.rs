//! Pages on the wire: gzip (RFC 1952), with the style sheet compressed once at start and not once a page.
//!
//! A deflate stream may be cut at a full flush into parts that know nothing of each other (RFC 1951 §2). So the part that
//! every page shares, two thirds of it, costs nothing per page; and what a visitor can choose never shares a window with it.

use crate::Looks;
use bytes::Bytes;
use crc32fast::Hasher;
use flate2::{Compress, Compression, FlushCompress};
use std::cell::RefCell;

/// Magic, deflate, no flags, no time, unknown system (RFC 1952 §2.3).
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// A text that is compressed once.
#[derive(Clone, Debug)]
pub struct Packed {
    deflated: Vec<u8>,
    crc: Hasher,
    length: usize,
}

impl Packed {
    pub fn new(text: &str) -> Self {
        let mut crc = Hasher::new();
        crc.update(text.as_bytes());
        let mut deflated = Vec::new();
        deflate(&mut Compress::new(Compression::best(), false), text.as_bytes(), FlushCompress::Full, &mut deflated);
        Self { deflated, crc, length: text.len() }
    }
}

thread_local! {
    /// The compressor is large; each thread keeps one.
    static COMPRESS: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(4), false));
}

/// Compresses a page that holds the looks' style once.
pub fn page(html: &str, looks: &Looks) -> Bytes {
    let style = looks.style();
    let (before, after) = html.split_once(style).unwrap_or(("", html));
    let packed = looks.packed();
    let mut out = Vec::with_capacity(packed.deflated.len() + html.len() / 2);
    out.extend(HEADER);
    let mut crc = Hasher::new();
    let mut length = after.len();
    COMPRESS.with_borrow_mut(|compress| {
        if after.len() < html.len() {
            crc.update(before.as_bytes());
            length += before.len() + packed.length;
            crc.combine(&packed.crc);
            compress.reset();
            deflate(compress, before.as_bytes(), FlushCompress::Full, &mut out);
            out.extend(&packed.deflated);
        }
        compress.reset();
        deflate(compress, after.as_bytes(), FlushCompress::Finish, &mut out);
    });
    let mut rest = Hasher::new();
    rest.update(after.as_bytes());
    crc.combine(&rest);
    out.extend(crc.finalize().to_le_bytes());
    out.extend(u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
    Bytes::from(out)
}

fn deflate(compress: &mut Compress, input: &[u8], flush: FlushCompress, out: &mut Vec<u8>) {
    let end = compress.total_in() + input.len() as u64;
    let start = compress.total_in();
    loop {
        out.reserve(input.len() / 2 + 64);
        let done = usize::try_from(compress.total_in() - start).unwrap_or(input.len());
        let status = compress.compress_vec(&input[done..], out, flush).expect("a compressor of ours takes any bytes");
        let is_through = compress.total_in() == end && out.len() < out.capacity();
        if status == flate2::Status::StreamEnd || (flush != FlushCompress::Finish && is_through) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::looks::Organisation;
    use std::io::Read;

    #[test]
    fn a_page_reads_back_as_it_was() {
        let organisation = Organisation {
            name: "École".to_owned(),
            logo: None,
            brand: None,
            brand_dark: None,
            corners: Default::default(),
        };
        let looks = Looks::new(&organisation).expect("looks");
        let with_style = format!("<html><style>{}</style>{}", looks.style(), "<p>Bonjour</p>".repeat(400));
        for html in [with_style.as_str(), "<p>no style</p>", ""] {
            for _ in 0..2 {
                let mut read = String::new();
                flate2::read::GzDecoder::new(page(html, &looks).as_ref()).read_to_string(&mut read).expect("gzip");
                assert_eq!(read, html);
            }
        }
    }
}
