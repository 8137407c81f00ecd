//! The one place that asks what time it is.

use std::time::SystemTime;

use chrono::{DateTime, SecondsFormat, Utc};

/// The time now.
pub(crate) fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}

/// A time as archives and manifests have it: UTC, to the second.
pub(crate) fn stamp(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
