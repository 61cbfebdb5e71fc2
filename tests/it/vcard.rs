//! Tests of `vcard`.
