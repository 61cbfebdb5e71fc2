//! The look as data: colours, sizes and type, and the egui style made of them. Nothing else in the
//! window names a colour or a font size.

use egui::style::ScrollStyle;
use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Vec2};

/// Distances in points, all multiples of 4.
pub mod space {
    /// Between an icon and its word.
    pub const TIGHT: f32 = 4.0;
    /// Between parts of one thing.
    pub const SMALL: f32 = 8.0;
    /// Between things.
    pub const ITEM: f32 = 12.0;
    /// Inside panels.
    pub const PANEL: f32 = 16.0;
    /// Between groups.
    pub const GROUP: f32 = 24.0;
}

/// Heights and radii in points.
pub mod size {
    /// Primary targets.
    pub const PRIMARY: f32 = 44.0;
    /// Other targets.
    pub const CONTROL: f32 = 32.0;
    /// A row with an avatar.
    pub const ROW: f32 = 60.0;
    /// The top bar.
    pub const TOP_BAR: f32 = 52.0;
    /// The bar at the bottom of a narrow window.
    pub const BOTTOM_BAR: f32 = 52.0;
    /// The column of conversations, contacts and recent calls.
    pub const WHO: f32 = 296.0;
    /// The column of the call and the dialpad.
    pub const CALL: f32 = 304.0;
    /// Corners of controls.
    pub const RADIUS: u8 = 8;
    /// Corners of cards and bubbles.
    pub const CARD_RADIUS: u8 = 12;
}

/// Type sizes in points.
pub mod type_size {
    /// Captions.
    pub const CAPTION: f32 = 12.0;
    /// Body text.
    pub const BODY: f32 = 14.0;
    /// Names.
    pub const NAME: f32 = 16.0;
    /// Titles.
    pub const TITLE: f32 = 20.0;
    /// The number being dialed.
    pub const DIAL: f32 = 28.0;
}

/// Name of the semi-bold family.
pub const STRONG: &str = "strong";

/// The colours of one theme. Every pair that is used as text on a surface keeps 4.5:1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The middle of the window.
    pub base: Color32,
    /// The columns beside it and the bars.
    pub panel: Color32,
    /// Fields, keys and other people's bubbles.
    pub raised: Color32,
    /// Cards, menus and dialogs.
    pub card: Color32,
    /// Under the pointer.
    pub hover: Color32,
    /// Separators and borders.
    pub line: Color32,
    /// Borders of fields and other outlines that must be seen.
    pub outline: Color32,
    /// Body text.
    pub text: Color32,
    /// Captions.
    pub weak: Color32,
    /// The accent as a fill.
    pub accent: Color32,
    /// The accent as text and as focus ring.
    pub accent_text: Color32,
    /// The accent's tint: my bubbles and the chosen row.
    pub accent_soft: Color32,
    /// Text on the tint.
    pub on_accent_soft: Color32,
    /// Captions on the tint.
    pub weak_on_accent_soft: Color32,
    /// Calling and answering, as a fill.
    pub call: Color32,
    /// Calling and answering, as text.
    pub call_text: Color32,
    /// Ending and failing, as a fill.
    pub danger: Color32,
    /// Ending and failing, as text.
    pub danger_text: Color32,
    /// Behind a failure.
    pub danger_soft: Color32,
    /// Doubt, as text.
    pub doubt_text: Color32,
    /// Behind a doubt.
    pub doubt_soft: Color32,
    /// Text on the fills `accent`, `call` and `danger`.
    pub on_fill: Color32,
    /// A dark theme.
    pub dark: bool,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// Light colours.
pub const LIGHT: Palette = Palette {
    base: rgb(0xFFFFFF),
    panel: rgb(0xF5F6F8),
    raised: rgb(0xE9ECF0),
    card: rgb(0xFFFFFF),
    hover: rgb(0xDFE3E9),
    line: rgb(0xE1E4E9),
    outline: rgb(0xC3C9D2),
    text: rgb(0x15191E),
    weak: rgb(0x545D69),
    accent: rgb(0x1F63D2),
    accent_text: rgb(0x1857BE),
    accent_soft: rgb(0xDCE8FC),
    on_accent_soft: rgb(0x0F2547),
    weak_on_accent_soft: rgb(0x43587B),
    call: rgb(0x157F3D),
    call_text: rgb(0x0F6B32),
    danger: rgb(0xC62F2F),
    danger_text: rgb(0xB3261E),
    danger_soft: rgb(0xFCE9E7),
    doubt_text: rgb(0x7F4D00),
    doubt_soft: rgb(0xFFF2D9),
    on_fill: rgb(0xFFFFFF),
    dark: false,
};

/// Dark colours.
pub const DARK: Palette = Palette {
    base: rgb(0x16181B),
    panel: rgb(0x1D2024),
    raised: rgb(0x2A2E34),
    card: rgb(0x24282D),
    hover: rgb(0x353A41),
    line: rgb(0x30343A),
    outline: rgb(0x4A515A),
    text: rgb(0xECEEF1),
    weak: rgb(0xA9B1BC),
    accent: rgb(0x2C6BDB),
    accent_text: rgb(0x86B7FF),
    accent_soft: rgb(0x1E3F6F),
    on_accent_soft: rgb(0xEAF1FF),
    weak_on_accent_soft: rgb(0xB4C7E6),
    call: rgb(0x17803E),
    call_text: rgb(0x62D48C),
    danger: rgb(0xC93636),
    danger_text: rgb(0xFF9088),
    danger_soft: rgb(0x43211F),
    doubt_text: rgb(0xF2BC56),
    doubt_soft: rgb(0x3A2E15),
    on_fill: rgb(0xFFFFFF),
    dark: true,
};

/// The colours in force.
pub fn palette(ui: &egui::Ui) -> &'static Palette {
    if ui.visuals().dark_mode { &DARK } else { &LIGHT }
}

/// A font of the body family.
pub const fn font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// A font of the semi-bold family.
pub fn strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(STRONG.into()))
}

/// The fixed-width font of the console and of raw lines.
pub const fn mono(size: f32) -> FontId {
    FontId::new(size, FontFamily::Monospace)
}

/// Sets both themes up; the choice between them is `Context::set_theme`.
pub fn apply(ctx: &egui::Context) {
    ctx.set_style_of(egui::Theme::Light, style_of(&LIGHT));
    ctx.set_style_of(egui::Theme::Dark, style_of(&DARK));
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
}

/// The colours the user has chosen, as egui's preference.
pub fn preference(theme: crate::phone::Theme) -> egui::ThemePreference {
    match theme {
        crate::phone::Theme::System => egui::ThemePreference::System,
        crate::phone::Theme::Light => egui::ThemePreference::Light,
        crate::phone::Theme::Dark => egui::ThemePreference::Dark,
    }
}

fn style_of(p: &Palette) -> egui::Style {
    let mut style = egui::Style { visuals: visuals_of(p), ..egui::Style::default() };
    style.text_styles = [
        (TextStyle::Small, font(type_size::CAPTION)),
        (TextStyle::Body, font(type_size::BODY)),
        (TextStyle::Button, font(type_size::BODY)),
        (TextStyle::Heading, strong(type_size::TITLE)),
        (TextStyle::Monospace, mono(13.0)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::new(space::SMALL, space::SMALL);
    spacing.button_padding = Vec2::new(12.0, 6.0);
    spacing.interact_size = Vec2::new(size::CONTROL, size::CONTROL);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(16);
    spacing.combo_width = 120.0;
    spacing.icon_width = 18.0;
    spacing.icon_width_inner = 10.0;
    spacing.tooltip_width = 320.0;
    spacing.scroll = ScrollStyle { floating_width: 6.0, ..ScrollStyle::floating() };
    // Short, and never repeating: an idle window paints no frames.
    style.animation_time = 0.1;
    style.scroll_animation = egui::style::ScrollAnimation::none();
    style.interaction.tooltip_delay = 0.4;
    style.interaction.selectable_labels = false;
    style
}

fn visuals_of(p: &Palette) -> egui::Visuals {
    let mut v = if p.dark { egui::Visuals::dark() } else { egui::Visuals::light() };
    v.panel_fill = p.base;
    v.window_fill = p.card;
    v.window_stroke = Stroke::new(1.0, p.line);
    v.window_corner_radius = CornerRadius::same(size::CARD_RADIUS);
    v.menu_corner_radius = CornerRadius::same(10);
    v.extreme_bg_color = p.raised;
    v.text_edit_bg_color = Some(p.raised);
    v.faint_bg_color = p.panel;
    v.code_bg_color = p.raised;
    v.hyperlink_color = p.accent_text;
    v.warn_fg_color = p.doubt_text;
    v.error_fg_color = p.danger_text;
    v.weak_text_color = Some(p.weak);
    v.selection.bg_fill = if p.dark { rgb(0x2B559A) } else { rgb(0xBBD5FB) };
    // Also the words of what is selected in a list.
    v.selection.stroke = Stroke::new(1.0, p.on_accent_soft);
    v.text_cursor.stroke = Stroke::new(2.0, p.accent_text);
    v.text_cursor.blink = false;
    v.popup_shadow = shadow(p, 16);
    v.window_shadow = shadow(p, 24);
    v.indent_has_left_vline = false;
    v.slider_trailing_fill = true;
    v.interact_cursor = Some(egui::CursorIcon::PointingHand);
    let radius = CornerRadius::same(size::RADIUS);
    let widgets = &mut v.widgets;
    for (visuals, fill, border, text) in [
        (&mut widgets.noninteractive, p.card, p.line, p.text),
        (&mut widgets.inactive, p.raised, p.raised, p.text),
        (&mut widgets.hovered, p.hover, p.hover, p.text),
        (&mut widgets.active, p.hover, p.accent_text, p.text),
        (&mut widgets.open, p.hover, p.line, p.text),
    ] {
        visuals.bg_fill = fill;
        visuals.weak_bg_fill = fill;
        visuals.bg_stroke = Stroke::new(1.0, border);
        visuals.fg_stroke = Stroke::new(1.0, text);
        visuals.corner_radius = radius;
        visuals.expansion = 0.0;
    }
    v
}

fn shadow(p: &Palette, blur: u8) -> Shadow {
    let alpha = if p.dark { 110 } else { 36 };
    Shadow { offset: [0, 6], blur, spread: 0, color: Color32::from_black_alpha(alpha) }
}

/// WCAG 2 contrast of two opaque colours, 1–21.
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(color: Color32) -> f32 {
    let linear = |channel: u8| {
        let c = f32::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_the_formula_of_wcag() {
        // Black on white is 21:1, and #777777 on white the well-known 4.48:1.
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast(rgb(0x777777), Color32::WHITE) - 4.48).abs() < 0.01);
    }

    #[test]
    fn every_text_can_be_read_in_both_themes() {
        for p in [&LIGHT, &DARK] {
            let surfaces = [p.base, p.panel, p.raised, p.card, p.hover];
            let mut pairs: Vec<(Color32, Color32)> = Vec::new();
            for surface in surfaces {
                pairs.extend([p.text, p.weak].map(|text| (text, surface)));
            }
            for surface in [p.base, p.panel, p.card, p.raised] {
                let texts = [p.accent_text, p.call_text, p.danger_text, p.doubt_text];
                pairs.extend(texts.map(|text| (text, surface)));
            }
            pairs.extend([p.accent, p.call, p.danger].map(|fill| (p.on_fill, fill)));
            pairs.extend([p.on_accent_soft, p.weak_on_accent_soft].map(|t| (t, p.accent_soft)));
            pairs.extend([p.text, p.weak, p.danger_text].map(|t| (t, p.danger_soft)));
            pairs.extend([p.text, p.weak, p.doubt_text].map(|t| (t, p.doubt_soft)));
            pairs.push((p.danger_text, p.accent_soft));
            for (text, surface) in pairs {
                let ratio = contrast(text, surface);
                assert!(ratio >= 4.5, "{text:?} on {surface:?} is {ratio:.2}, dark {}", p.dark);
            }
        }
    }
}
