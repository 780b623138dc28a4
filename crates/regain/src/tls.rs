//! TLS of the listener: from files, read again when they change, or self-signed for the demo.

use crate::Failure;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use web::Tls;

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// Where certificate and key are.
#[derive(Clone)]
pub struct TlsFiles {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl TlsFiles {
    /// The files that the settings name.
    pub fn of(settings: &settings::Tls) -> Self {
        Self { certificate: settings.certificate.clone(), key: settings.key.clone() }
    }

    /// # Errors
    /// When a file can't be read, or the two don't fit together.
    pub fn load(&self) -> Result<ServerConfig, Failure> {
        let chain = CertificateDer::pem_file_iter(&self.certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| unreadable(&self.certificate, "certificate", &error))?;
        let key =
            PrivateKeyDer::from_pem_file(&self.key).map_err(|error| unreadable(&self.key, "private key", &error))?;
        config(chain, key).map_err(|error| {
            Failure::new(format!("the certificate {} and the key {} can't be used: {error}", self.certificate.display(), self.key.display()))
                .hint("both must be PEM files of one pair; the certificate's file holds the whole chain, the server's own first")
        })
    }

    /// Takes the files into use again each time they change, for as long as the program runs.
    pub async fn follow(self, tls: Tls) {
        let mut seen = self.changed_at();
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let changed = self.changed_at();
            if changed == seen {
                continue;
            }
            match self.load() {
                Ok(config) => {
                    tls.replace(config);
                    seen = changed;
                    tracing::info!("The new certificate is in use.");
                }
                Err(failure) => tracing::error!(%failure, "The new certificate can't be used; the old one stays."),
            }
        }
    }

    fn changed_at(&self) -> [Option<SystemTime>; 2] {
        let at = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
        [at(&self.certificate), at(&self.key)]
    }
}

fn unreadable(path: &Path, what: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::new(format!("the {what} {} can't be read: {error}", path.display()))
        .hint("check [server] tls in the settings, and that the file is a PEM file that Regain may read")
}

/// A certificate that nobody vouches for: enough for browsers to keep our cookies when the demo is shown to a neighbour.
pub fn self_signed(names: Vec<String>) -> Result<ServerConfig, Failure> {
    let certified = rcgen::generate_simple_self_signed(names).map_err(Failure::new)?;
    let key = PrivateKeyDer::try_from(certified.signing_key.serialize_der()).map_err(Failure::new)?;
    config(vec![certified.cert.der().clone()], key).map_err(Failure::new)
}

fn config(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<ServerConfig, rustls::Error> {
    let mut config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key)?;
    // All that rustls speaks is strong; which of it is ours to say, and not the oldest client's.
    config.ignore_client_order = true;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_listener_speaks_modern_tls_and_chooses_itself() {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let config = self_signed(vec!["localhost".to_owned()]).expect("a certificate");
        assert!(config.ignore_client_order);
        assert_eq!(config.alpn_protocols, [b"h2".to_vec(), b"http/1.1".to_vec()]);
        let suites = &config.crypto_provider().cipher_suites;
        let is_modern = |suite: &rustls::SupportedCipherSuite| {
            let name = format!("{:?}", suite.suite());
            name.starts_with("TLS13_")
                || name.starts_with("TLS_ECDHE_") && (name.contains("GCM") || name.contains("POLY1305"))
        };
        assert!(suites.iter().all(is_modern), "{suites:?}");
    }
}
