//! A certificate authority for tests, and the server certificates that it signs.
//!
//! It does not know which server uses them.

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Authorities made so far.
static AUTHORITIES: AtomicU64 = AtomicU64::new(0);

/// A certificate authority that lives as long as one test.
pub struct TestAuthority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

/// A server's certificate and its key, both in PEM.
pub struct ServerCertificate {
    pub certificate_pem: String,
    pub key_pem: String,
}

/// Where the files of [`TestAuthority::write_files`] lie.
pub struct CertificateFiles {
    pub ca: PathBuf,
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl TestAuthority {
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names, nothing to refuse");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        // A name of its own, so that a client takes no authority for another.
        let number = AUTHORITIES.fetch_add(1, Ordering::Relaxed);
        let name = format!("Regain test authority {}-{number}", std::process::id());
        params.distinguished_name.push(DnType::CommonName, name);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().expect("the system has random bytes");
        let pem = params.self_signed(&key).expect("a fresh key signs").pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    pub fn ca_pem(&self) -> &str {
        &self.pem
    }

    /// Signs a certificate for these names and addresses.
    pub fn certify(&self, names: &[&str]) -> ServerCertificate {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names).expect("names and addresses of a test are well formed");
        params.distinguished_name.push(DnType::CommonName, "Regain test server");
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let key = KeyPair::generate().expect("the system has random bytes");
        let certificate = params.signed_by(&key, &self.issuer).expect("the authority signs");
        ServerCertificate { certificate_pem: certificate.pem(), key_pem: key.serialize_pem() }
    }

    /// Writes `ca.pem`, `server.pem` and `server.key` for these names into a folder that exists.
    pub fn write_files(&self, folder: &Path, names: &[&str]) -> CertificateFiles {
        let server = self.certify(names);
        let write = |name: &str, text: &str| {
            let path = folder.join(name);
            std::fs::write(&path, text).expect("the temporary folder can be written");
            path
        };
        CertificateFiles {
            ca: write("ca.pem", self.ca_pem()),
            certificate: write("server.pem", &server.certificate_pem),
            key: write("server.key", &server.key_pem),
        }
    }
}

impl Default for TestAuthority {
    fn default() -> Self {
        Self::new()
    }
}
