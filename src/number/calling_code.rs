//! Country calling codes (ITU-T E.164): where the code of an international number ends.

/// The two-digit codes; `1` and `7` have one digit, all others three.
const TWO_DIGITS: [u8; 44] = [
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56,
    57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
];

/// Cuts the digits of an international number (without `+`) into calling code and national number.
pub(super) fn split(digits: &str) -> (&str, &str) {
    let length = match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [tens, ones, ..] if two_digit(*tens, *ones) => 2,
        _ => 3,
    };
    digits.split_at(length.min(digits.len()))
}

fn two_digit(tens: u8, ones: u8) -> bool {
    let code = tens.wrapping_sub(b'0').wrapping_mul(10).wrapping_add(ones.wrapping_sub(b'0'));
    TWO_DIGITS.contains(&code)
}
