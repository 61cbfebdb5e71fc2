//! How the window divides itself, from the room it has.

use egui::Vec2;

/// Below this width the column of the call becomes a drawer.
const WIDE: f32 = 900.0;
/// Below this width one part is shown at a time.
const MEDIUM: f32 = 640.0;
/// Below this height bars and margins shrink.
const SHORT: f32 = 420.0;

/// Which columns stand beside each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Width {
    /// One part at a time, tabs at the bottom.
    Narrow,
    /// Lists and page; the dialpad in a drawer.
    Medium,
    /// All three.
    Wide,
}

/// The room there is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Layout {
    /// Which columns.
    pub width: Width,
    /// Little height: everything that can shrink does.
    pub short: bool,
    /// The window, in points.
    pub size: Vec2,
}

impl Layout {
    /// For a window of this size in points.
    pub fn of(size: Vec2) -> Self {
        let width = match size.x {
            x if x >= WIDE => Width::Wide,
            x if x >= MEDIUM => Width::Medium,
            _ => Width::Narrow,
        };
        Layout { width, short: size.y < SHORT, size }
    }

    /// Height of the top bar.
    pub fn top_bar(&self) -> f32 {
        if self.short { 40.0 } else { super::theme::size::TOP_BAR }
    }

    /// Width of the lists.
    pub fn who(&self) -> f32 {
        match self.width {
            Width::Wide => super::theme::size::WHO,
            Width::Medium => 264.0,
            Width::Narrow => self.size.x,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widths_of_the_design_divide_the_window() {
        assert_eq!(Layout::of(Vec2::new(1100.0, 720.0)).width, Width::Wide);
        assert_eq!(Layout::of(Vec2::new(899.0, 720.0)).width, Width::Medium);
        assert_eq!(Layout::of(Vec2::new(640.0, 480.0)).width, Width::Medium);
        assert_eq!(Layout::of(Vec2::new(639.0, 480.0)).width, Width::Narrow);
    }
}
