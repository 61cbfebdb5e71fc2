//! The native window: options, fonts, icon, and the few lines that forward to [`App`].

use super::{App, desktop, fonts, theme};
use crate::clock::Clock;
use crate::engine::EngineClient;
use std::sync::{Arc, Mutex, PoisonError};

/// Size of a new window and the smallest one, in points.
const SIZE: [f32; 2] = [1100.0, 720.0];
const MIN_SIZE: [f32; 2] = [480.0, 400.0];
/// Side of the icon in pixels. It is painted at every start, in a few milliseconds.
const ICON_SIDE: u32 = 64;

/// Wakes the window from another thread. It is made before the window, because the engine is.
#[derive(Clone, Default)]
pub struct Waker(Arc<Mutex<Option<egui::Context>>>);

impl Waker {
    /// A waker without a window yet: waking does nothing until there is one.
    pub fn new() -> Self {
        Waker::default()
    }

    /// Asks for one repaint; many calls before it is done make one repaint.
    pub fn wake(&self) {
        // A context is whole at every moment, so a panic elsewhere does not spoil it.
        let ctx = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(ctx) = ctx {
            ctx.request_repaint_of(egui::ViewportId::ROOT);
        }
    }

    /// From now on this window is woken.
    pub fn attach(&self, ctx: &egui::Context) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(ctx.clone());
    }
}

/// Opens the window and returns when it was closed.
///
/// # Errors
/// When no window can be opened: no display, or no OpenGL.
pub fn run(engine: Box<dyn EngineClient>, clock: Box<dyn Clock>, waker: Waker) -> eframe::Result {
    let reading = fonts::Reading::begin();
    let viewport = egui::ViewportBuilder::default()
        .with_title(super::text::APP)
        .with_app_id("deskphone")
        .with_inner_size(SIZE)
        .with_min_inner_size(MIN_SIZE)
        .with_icon(icon());
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        centered: true,
        // The fonts are set up here, colour emoji before the rest.
        system_font_fallback: false,
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "deskphone",
        options,
        Box::new(move |creation| {
            let ctx = &creation.egui_ctx;
            reading.install(ctx);
            theme::apply(ctx);
            desktop::learn_theme(ctx);
            waker.attach(ctx);
            let mut app = App::new(engine, clock);
            app.set_notify(super::notify::desktop());
            Ok(Box::new(Window { app, ctx: ctx.clone() }))
        }),
    )
}

struct Window {
    app: App,
    ctx: egui::Context,
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.app.logic(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.app.ui(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        let ctx = self.ctx.clone();
        self.app.close(&ctx);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

/// A handset on a rounded square, painted here so that no picture has to be decoded.
pub fn icon() -> egui::IconData {
    let mut rgba = Vec::with_capacity((ICON_SIDE * ICON_SIDE * 4) as usize);
    for y in 0..ICON_SIDE {
        for x in 0..ICON_SIDE {
            rgba.extend_from_slice(&icon_pixel(x, y));
        }
    }
    egui::IconData { rgba, width: ICON_SIDE, height: ICON_SIDE }
}

/// One pixel from 3 × 3 samples, so that edges are smooth.
fn icon_pixel(x: u32, y: u32) -> [u8; 4] {
    let side = ICON_SIDE as f32;
    let mut sum = [0.0_f32; 4];
    for sample in 0..9 {
        let u = (x as f32 + (sample % 3) as f32 / 3.0 + 0.17) / side;
        let v = (y as f32 + (sample / 3) as f32 / 3.0 + 0.17) / side;
        let color = icon_color(u, v);
        sum.iter_mut().zip(color).for_each(|(sum, value)| *sum += value / 9.0);
    }
    let alpha = sum[3].max(1e-4);
    [sum[0] / alpha, sum[1] / alpha, sum[2] / alpha, alpha].map(|value| (value * 255.0) as u8)
}

/// Premultiplied colour at a place between 0 and 1.
fn icon_color(u: f32, v: f32) -> [f32; 4] {
    // The rounded square.
    let corner = 0.22;
    let outside = |t: f32| ((t - 0.5).abs() - (0.46 - corner)).max(0.0);
    if outside(u).hypot(outside(v)) > corner {
        return [0.0; 4];
    }
    // The handset, in polar coordinates around a point up and right of it: an arc, and a cup at
    // each end of it.
    let (a, b) = (u - 0.5, v - 0.5);
    let (across, along) = ((a + b) * 0.707, 0.42 - (a - b) * 0.707);
    let (radius, angle) = (across.hypot(along), across.atan2(along).abs());
    let arc = (radius - 0.50).abs() < 0.052 && angle < 0.55;
    let beside = ((angle - 0.53).abs() * 0.46 - 0.032).max(0.0);
    let above = ((radius - 0.455).abs() - 0.058).max(0.0);
    if arc || beside.hypot(above) < 0.04 {
        return [1.0, 1.0, 1.0, 1.0];
    }
    let shade = 1.0 - 0.28 * v;
    [0.10 * shade, 0.60 * shade, 0.30 * shade, 1.0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_has_clear_corners_and_a_white_handset() {
        let icon = icon();
        assert_eq!(icon.rgba.len(), (icon.width * icon.height * 4) as usize);
        assert_eq!(icon.rgba[3], 0);
        let white = icon.rgba.chunks(4).filter(|pixel| pixel[0] > 240 && pixel[3] > 240).count();
        let share = white as f32 / (icon.width * icon.height) as f32;
        assert!((0.08..0.4).contains(&share), "{share}");
    }

    #[test]
    fn waking_without_a_window_is_harmless() {
        let waker = Waker::new();
        waker.wake();
        let ctx = egui::Context::default();
        waker.attach(&ctx);
        waker.wake();
        assert!(ctx.has_requested_repaint());
    }
}
