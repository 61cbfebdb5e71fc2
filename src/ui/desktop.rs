//! Asks the desktop for its colours where the window system does not tell them: on Linux neither
//! X11 nor Wayland does.

use egui::{Context, Theme};

/// Learns in the background whether the desktop is dark; light until then, and where it can't be
/// learned.
pub fn learn_theme(ctx: &Context) {
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    if !cfg!(any(target_os = "linux", target_os = "freebsd")) {
        return;
    }
    let ctx = ctx.clone();
    let ask = move || {
        if prefers_dark() {
            ctx.options_mut(|options| options.fallback_theme = Theme::Dark);
            ctx.request_repaint();
        }
    };
    // Without a thread the window stays light.
    let _ = std::thread::Builder::new().name("desktop theme".to_owned()).spawn(ask);
}

fn prefers_dark() -> bool {
    if let Some(theme) = std::env::var_os("GTK_THEME") {
        return theme.to_string_lossy().to_lowercase().contains("dark");
    }
    gnome_is_dark().or_else(kde_is_dark).unwrap_or(false)
}

/// GNOME and the desktops that share its settings.
fn gnome_is_dark() -> Option<bool> {
    let output = std::process::Command::new("gsettings")
        .args(["get", "org.gnome.desktop.interface", "color-scheme"])
        .output()
        .ok()?;
    let answer = String::from_utf8_lossy(&output.stdout).to_lowercase();
    output.status.success().then(|| answer.contains("dark"))
}

/// KDE Plasma keeps the name of the colour scheme in a file.
fn kde_is_dark() -> Option<bool> {
    let home = std::env::var_os("HOME")?;
    let file = std::path::Path::new(&home).join(".config/kdeglobals");
    scheme_is_dark(&std::fs::read_to_string(file).ok()?)
}

fn scheme_is_dark(kdeglobals: &str) -> Option<bool> {
    let line = kdeglobals.lines().find_map(|line| line.strip_prefix("ColorScheme="))?;
    Some(line.to_lowercase().contains("dark"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_of_kde_is_read_from_its_file() {
        let dark = "[General]\nColorScheme=BreezeDark\nName=Breeze Dark\n";
        assert_eq!(scheme_is_dark(dark), Some(true));
        assert_eq!(scheme_is_dark("[General]\nColorScheme=BreezeLight\n"), Some(false));
        assert_eq!(scheme_is_dark("[KDE]\n"), None);
    }
}
