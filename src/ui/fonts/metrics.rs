//! What of a font file says where its letters stand: how far the line reaches above the baseline,
//! and how high it is.

/// Heights as parts of the font's size.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Metrics {
    /// From the top of the line to the baseline.
    pub ascent: f32,
    /// The whole line.
    pub height: f32,
}

/// Reads them as the toolkit does: from `hhea`, or from `OS/2` if that asks for it or `hhea` is
/// empty (OpenType 1.9, "hhea", "OS/2"). `index` is the face in a collection.
pub fn read(font: &[u8], index: u32) -> Option<Metrics> {
    let start = match font.get(..4)? {
        b"ttcf" => u32_at(font, 12 + 4 * usize::try_from(index).ok()?)? as usize,
        _ => 0,
    };
    let units = f32::from(u16_at(font, table(font, start, b"head")? + 18)?);
    if units < 16.0 {
        return None;
    }
    let three = |at: usize| Some([i16_at(font, at)?, i16_at(font, at + 2)?, i16_at(font, at + 4)?]);
    let hhea = three(table(font, start, b"hhea")? + 4)?;
    let os2 = table(font, start, b"OS/2");
    let asked = os2.and_then(|at| u16_at(font, at + 62)).is_some_and(|bits| bits & 0x80 != 0);
    let typo = os2.and_then(|at| three(at + 68)).filter(|_| asked || hhea == [0; 3]);
    let [ascent, descent, gap] = typo.unwrap_or(hhea).map(f32::from);
    Some(Metrics { ascent: ascent / units, height: (ascent - descent + gap) / units })
}

/// Where a table begins.
fn table(font: &[u8], start: usize, tag: &[u8; 4]) -> Option<usize> {
    let tables = usize::from(u16_at(font, start + 4)?);
    let records = (0..tables).map(|index| start + 12 + 16 * index);
    let mut records = records.take_while(|at| at + 16 <= font.len());
    let record = records.find(|&at| font.get(at..at + 4) == Some(tag))?;
    Some(u32_at(font, record + 8)? as usize)
}

fn u16_at(font: &[u8], at: usize) -> Option<u16> {
    let octets = font.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(octets.try_into().ok()?))
}

fn i16_at(font: &[u8], at: usize) -> Option<i16> {
    u16_at(font, at).map(u16::cast_signed)
}

fn u32_at(font: &[u8], at: usize) -> Option<u32> {
    let octets = font.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(octets.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_of_the_program_has_the_heights_its_makers_say() {
        // Inter 4: 2816 units, hhea ascender 2728, descender -680, gap 0, read from the file with
        // another program.
        let metrics = read(crate::ui::fonts::REGULAR, 0).expect("it is a font");
        assert!((metrics.ascent - 2728.0 / 2816.0).abs() < 1e-4, "{metrics:?}");
        assert!((metrics.height - 3408.0 / 2816.0).abs() < 1e-4, "{metrics:?}");
    }

    #[test]
    fn a_font_that_is_cut_off_anywhere_is_no_font() {
        for length in (0..2_000).step_by(7) {
            let cut = &crate::ui::fonts::REGULAR[..length];
            assert_eq!(read(cut, 0), None, "{length} octets");
        }
        assert_eq!(read(b"ttcf\0\x01\0\0\0\0\0\x01\xff\xff\xff\xff", 0), None);
    }
}
