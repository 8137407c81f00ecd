//! Containers of documents by their first bytes.

/// Whether bytes begin like a ZIP archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether bytes begin like the container of old or encrypted Word documents.
pub(super) fn is_old_or_encrypted(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

/// Whether bytes begin like a PDF document. Some programs write a line above its mark: it is looked for within the
/// first 1,024 bytes, as by other readers.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let near = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
    near.windows(5).any(|window| window == b"%PDF-")
}
