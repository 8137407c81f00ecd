//! Containers of documents by their first bytes.

/// Whether bytes begin like a ZIP archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether bytes begin like the container of old or encrypted Word documents.
pub(super) fn is_old_or_encrypted(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}
