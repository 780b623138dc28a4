//! Whom a channel trusts: the system's certification authorities, or the ones of a file in the settings.
//!
//! It knows no protocol. There is no way in here to skip a check.

use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{
    error::Error,
    fs, io,
    path::{Path, PathBuf},
};

/// Why the trusted certificates can't be read.
#[derive(thiserror::Error, Debug)]
pub enum TrustError {
    #[error("{}: {reason}", path.display())]
    File { path: PathBuf, reason: String },
    #[error(
        "the system has no list of trusted certification authorities; install one (Debian: ca-certificates) or name a CA file"
    )]
    NoSystemRoots,
}

/// The certificates of the given PEM file, or else those that the system trusts.
///
/// # Errors
/// The file can't be read or holds no certificate; the system has none.
pub fn trusted(ca_file: Option<&Path>) -> Result<Vec<CertificateDer<'static>>, TrustError> {
    match ca_file {
        Some(path) => from_file(path),
        None => from_system(),
    }
}

fn from_file(path: &Path) -> Result<Vec<CertificateDer<'static>>, TrustError> {
    let fault = |reason: String| TrustError::File { path: path.to_owned(), reason };
    let pem = fs::read(path).map_err(|error| fault(error.to_string()))?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let certificates = certificates.map_err(|error| fault(format!("is not a PEM file: {error}")))?;
    if certificates.is_empty() {
        return Err(fault("holds no certificate".to_owned()));
    }
    store(&certificates).map_err(|error| fault(format!("holds a certificate that can't be used: {error}")))?;
    Ok(certificates)
}

fn from_system() -> Result<Vec<CertificateDer<'static>>, TrustError> {
    let certificates: Vec<_> =
        rustls_native_certs::load_native_certs().certs.into_iter().filter(|one| store([one]).is_ok()).collect();
    if certificates.is_empty() { Err(TrustError::NoSystemRoots) } else { Ok(certificates) }
}

fn store<'a>(
    certificates: impl IntoIterator<Item = &'a CertificateDer<'static>>,
) -> Result<RootCertStore, rustls::Error> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates {
        roots.add(certificate.clone())?;
    }
    Ok(roots)
}

/// A client that trusts these certificates and no others, over TLS 1.2 or 1.3.
#[cfg(any(feature = "http", feature = "syslog"))]
pub fn client(certificates: &[CertificateDer<'static>]) -> Result<rustls::ClientConfig, rustls::Error> {
    let provider = std::sync::Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(store(certificates)?)
        .with_no_client_auth();
    Ok(config)
}

/// What TLS itself found wrong, if that is why something failed: a certificate that is not trusted, a server that
/// speaks no TLS. `None` for a connection that simply broke. The text names the server at most.
pub fn fault(error: &(dyn Error + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(fault) = error.downcast_ref::<rustls::Error>() {
            return Some(in_words(fault));
        }
        // The source of an `io::Error` is the source of what it wraps, which is where rustls hides.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match wrapped {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

fn in_words(fault: &rustls::Error) -> String {
    match fault {
        rustls::Error::InvalidCertificate(reason) => format!("the server's certificate is not trusted ({reason})"),
        rustls::Error::InvalidMessage(_) => "the server does not speak TLS on this port".to_owned(),
        other => format!("TLS failed ({other})"),
    }
}

/// Whether a host name or address means this machine and no other.
pub fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["localhost.example", "128.0.0.1", "10.0.0.1", "", "127.0.0.1.example"] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn a_file_without_certificates_is_refused() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), "hello").expect("written");
        assert!(trusted(Some(file.path())).is_err());
        assert!(trusted(Some(Path::new("/nowhere/ca.pem"))).is_err());
    }
}
