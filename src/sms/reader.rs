//! A cursor over the octets of a PDU that knows where it is, so that every error can name its octet
//! (3GPP TS 23.040 §9).

use super::error::DecodeError;

/// Reads octets in order; never beyond the end.
pub(super) struct Reader<'a> {
    octets: &'a [u8],
    at: usize,
    /// A digit was lost at the end of the hexadecimal line: a TP-UD that is too short for it is
    /// read as far as it goes.
    pub(super) cut: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(octets: &'a [u8], cut: bool) -> Self {
        Reader { octets, at: 0, cut }
    }

    /// Octets read so far: the index of the next.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Octets not yet read.
    pub(super) fn remaining(&self) -> usize {
        self.octets.len() - self.at
    }

    /// Goes back to `position`, which it was at before.
    pub(super) fn rewind(&mut self, position: usize) {
        self.at = position.min(self.at);
    }

    /// The next octet without reading it.
    pub(super) fn peek(&self) -> Option<u8> {
        self.octets.get(self.at).copied()
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'a [u8] {
        &self.octets[self.at..]
    }

    /// The next octet, which belongs to `field`.
    #[inline]
    pub(super) fn octet(&mut self, field: &'static str) -> Result<u8, DecodeError> {
        match self.octets.get(self.at) {
            Some(&octet) => {
                self.at += 1;
                Ok(octet)
            }
            None => Err(self.error(field, "the PDU ends here")),
        }
    }

    /// The next `count` octets, which belong to `field`.
    #[inline]
    pub(super) fn take(
        &mut self,
        count: usize,
        field: &'static str,
    ) -> Result<&'a [u8], DecodeError> {
        match self.octets.get(self.at..self.at + count) {
            Some(octets) => {
                self.at += count;
                Ok(octets)
            }
            None => Err(self.error(field, "the PDU ends inside this field")),
        }
    }

    /// The next `N` octets, which belong to `field`.
    #[inline]
    pub(super) fn array<const N: usize>(
        &mut self,
        field: &'static str,
    ) -> Result<[u8; N], DecodeError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N, field)?);
        Ok(array)
    }

    /// An error at the next octet.
    #[cold]
    pub(super) fn error(&self, field: &'static str, problem: &'static str) -> DecodeError {
        DecodeError::new(field, self.at, problem)
    }
}
