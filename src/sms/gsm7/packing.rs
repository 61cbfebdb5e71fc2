//! Septets in octets, eight in seven (3GPP TS 23.038 §6.1.2.1).

use super::super::user_data::BUFFER_OCTETS;

/// Septets in the buffers of user data: a whole number of groups of eight that holds 160.
pub(crate) const BUFFER_SEPTETS: usize = 160;

/// Packs septets, one in each octet of `septets`, into as few octets as hold them.
pub fn pack(septets: &[u8]) -> Vec<u8> {
    let mut octets = Vec::with_capacity(septets.len() + 1);
    for group in septets.chunks(8) {
        let mut eight = [0; 8];
        eight[..group.len()].copy_from_slice(group);
        let count = (group.len() * 7).div_ceil(8);
        octets.extend_from_slice(&pack_group(eight)[..count]);
    }
    octets
}

/// The first `count` septets in packed octets, fewer if there are fewer.
pub fn unpack(octets: &[u8], count: usize) -> Vec<u8> {
    let count = count.min(octets.len() * 8 / 7);
    let mut septets = Vec::with_capacity(count + 8);
    for group in octets.chunks(7) {
        let mut eight = [0; 8];
        eight[..group.len()].copy_from_slice(group);
        septets.extend_from_slice(&unpack_group(eight));
    }
    septets.truncate(count);
    septets
}

/// Packs the first `count` septets of a buffer; those after them must be zero.
#[inline]
pub(crate) fn pack_buffer(septets: &[u8; BUFFER_SEPTETS], count: usize) -> [u8; BUFFER_OCTETS] {
    let mut octets = [0; BUFFER_OCTETS];
    let (groups, _) = septets.as_chunks::<8>();
    for (index, group) in groups.iter().take(count.div_ceil(8)).enumerate() {
        // The eighth octet of a group is zero and is overwritten by the next.
        octets[index * 7..index * 7 + 8].copy_from_slice(&pack_group(*group));
    }
    octets
}

/// Unpacks at least the first `count` septets, of 160 at most.
#[inline]
pub(crate) fn unpack_buffer(octets: &[u8; BUFFER_OCTETS], count: usize) -> [u8; BUFFER_SEPTETS] {
    let mut septets = [0; BUFFER_SEPTETS];
    let (groups, _) = septets.as_chunks_mut::<8>();
    for (index, group) in groups.iter_mut().take(count.div_ceil(8)).enumerate() {
        let mut eight = [0; 8];
        eight.copy_from_slice(&octets[index * 7..index * 7 + 8]);
        *group = unpack_group(eight);
    }
    septets
}

/// Eight septets into the first seven octets: neighbours are joined into 14, 28, 56 bits.
#[inline]
fn pack_group(septets: [u8; 8]) -> [u8; 8] {
    let x = u64::from_le_bytes(septets);
    let x = (x & 0x007F_007F_007F_007F) | (x & 0x7F00_7F00_7F00_7F00) >> 1;
    let x = (x & 0x0000_3FFF_0000_3FFF) | (x & 0x3FFF_0000_3FFF_0000) >> 2;
    let x = (x & 0x0000_0000_0FFF_FFFF) | (x & 0x0FFF_FFFF_0000_0000) >> 4;
    x.to_le_bytes()
}

/// Seven octets into eight septets; the eighth octet is ignored.
#[inline]
fn unpack_group(octets: [u8; 8]) -> [u8; 8] {
    let x = u64::from_le_bytes(octets);
    let x = (x & 0x0000_0000_0FFF_FFFF) | (x & 0x00FF_FFFF_F000_0000) << 4;
    let x = (x & 0x0000_3FFF_0000_3FFF) | (x & 0x0FFF_C000_0FFF_C000) << 2;
    let x = (x & 0x007F_007F_007F_007F) | (x & 0x3F80_3F80_3F80_3F80) << 1;
    x.to_le_bytes()
}
