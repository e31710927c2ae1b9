// Written for Graviola by Joe Birr-Pixton, 2026.
// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT-0

/// Keccak-f1600 round constants, for the iota step.
pub(crate) const KECCAK_RC: [u64; 24] = [
    0x00000000_00000001,
    0x00000000_00008082,
    0x80000000_0000808A,
    0x80000000_80008000,
    0x00000000_0000808B,
    0x00000000_80000001,
    0x80000000_80008081,
    0x80000000_00008009,
    0x00000000_0000008A,
    0x00000000_00000088,
    0x00000000_80008009,
    0x00000000_8000000A,
    0x00000000_8000808B,
    0x80000000_0000008B,
    0x80000000_00008089,
    0x80000000_00008003,
    0x80000000_00008002,
    0x80000000_00000080,
    0x00000000_0000800A,
    0x80000000_8000000A,
    0x80000000_80008081,
    0x80000000_00008080,
    0x00000000_80000001,
    0x80000000_80008008,
];

/// A complete fallback implementation of [`sha3_shake256_8x_one_block`].
///
/// [`sha3_shake256_8x_one_block`]: crate::low::sha3_shake256_8x_one_block
pub(crate) type Shake256x8FallbackFn<const N: usize> =
    fn(&[&[u8; 40]; N], &mut [[u8; 128]; N], Option<&mut [u64; 25]>);
