//! Whose certificates are trusted: those that this machine trusts, or those of the file that `SSL_CERT_FILE` names.

use super::Failure;
use crate::error::{Error, Result};
use rustls::crypto::ring;
use std::path::Path;
use std::sync::Arc;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// How https is spoken; `file` holds certificates in PEM and stands for all that the machine trusts.
///
/// # Errors
/// The file cannot be read, or holds no certificate.
pub(super) fn configure(file: Option<&Path>) -> Result<TlsConfig> {
    let roots = match file {
        Some(path) => RootCerts::from(read_certificates(path)?),
        None => RootCerts::PlatformVerifier,
    };
    let provider = Arc::new(ring::default_provider());
    Ok(TlsConfig::builder().unversioned_rustls_crypto_provider(provider).root_certs(roots).build())
}

fn read_certificates(path: &Path) -> Result<Vec<Certificate<'static>>> {
    let bytes = std::fs::read(path).map_err(|cause| Error::file("read", path, cause))?;
    let read = |item: PemItem<'static>| if let PemItem::Certificate(it) = item { Some(it) } else { None };
    let found: Vec<_> = parse_pem(&bytes).flatten().filter_map(read).collect();
    if found.is_empty() {
        let message = format!("{}, which SSL_CERT_FILE names, holds no certificate in PEM", path.display());
        return Err(Error::with_hint(message, "name a file with lines of -----BEGIN CERTIFICATE-----, or unset it"));
    }
    Ok(found)
}

/// Why a service is not spoken to.
pub(super) fn explain(cause: &rustls::Error) -> Failure {
    match cause {
        rustls::Error::InvalidCertificate(_) => {
            let hint = "name the file of its authority's certificates with SSL_CERT_FILE, if you trust it";
            Failure::Final(format!("is not trusted ({cause})"), Some(hint))
        }
        rustls::Error::General(_) => {
            let hint = "install the certificates of this system (ca-certificates), or name a file with SSL_CERT_FILE";
            Failure::Final(format!("cannot be asked over https ({cause})"), Some(hint))
        }
        cause => Failure::Busy(format!("does not answer ({cause})"), None),
    }
}
