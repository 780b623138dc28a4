//! Whom the adapter trusts, and what to say when it does not. Nothing here can switch verification off.

use super::options::OptionsError;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{CertificateError, ClientConfig, RootCertStore};
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

/// Trusts the authorities in the file, or else those that the system trusts.
pub(super) fn config(ca_file: Option<&Path>) -> Result<Arc<ClientConfig>, OptionsError> {
    let roots = match ca_file {
        Some(path) => from_file(path)?,
        None => from_system()?,
    };
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider has the suites of TLS 1.2 and 1.3");
    Ok(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()))
}

fn from_file(path: &Path) -> Result<RootCertStore, OptionsError> {
    let wrong = |what: String| OptionsError::CaFile { path: path.display().to_string(), what };
    let certificates = CertificateDer::pem_file_iter(path).map_err(|error| wrong(error.to_string()))?;
    let mut roots = RootCertStore::empty();
    for certificate in certificates {
        let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
        roots.add(certificate).map_err(|error| wrong(error.to_string()))?;
    }
    if roots.is_empty() {
        return Err(wrong("it holds no certificate in PEM".to_owned()));
    }
    Ok(roots)
}

fn from_system() -> Result<RootCertStore, OptionsError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() { Err(OptionsError::NoSystemRoots) } else { Ok(roots) }
}

/// What is wrong with a TLS connection, in plain words, and how to mend it. `None` when the error is not of TLS.
pub(super) fn explain(error: &(dyn Error + 'static)) -> Option<(String, &'static str)> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return Some(plain_words(tls));
        }
        // An I/O error shows what it wraps as itself, not as its source.
        let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = wrapped.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source());
    }
    None
}

fn plain_words(error: &rustls::Error) -> (String, &'static str) {
    let rustls::Error::InvalidCertificate(certificate) = error else {
        return (format!("TLS failed: {error}"), "look whether this port speaks TLS 1.2 or 1.3");
    };
    match certificate {
        // A bad signature: an authority of the same name, made anew with another key.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => (
            "its certificate is signed by an authority that is not trusted".to_owned(),
            "give the authority's certificate in ca_file",
        ),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => (
            format!("its certificate is for another name ({certificate})"),
            "name the server as its certificate does, or have a certificate made for this name",
        ),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            ("its certificate has expired".to_owned(), "renew the server's certificate")
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            ("its certificate is not valid yet".to_owned(), "look at the clocks of both machines")
        }
        CertificateError::Revoked => ("its certificate was revoked".to_owned(), "renew the server's certificate"),
        other => (
            format!("its certificate can't be used ({other:?})"),
            "give the authority's certificate (not the server's own) in ca_file",
        ),
    }
}
