//! A conversation of 100,000 texts in the window, without a screen: opening it (the query and the
//! first frame) and each frame while it is scrolled, with the meshes that would be drawn.

use deskphone::clock::{SystemClock, WallTime};
use deskphone::engine::{EngineClient, TraceLog};
use deskphone::number::PhoneNumber;
use deskphone::phone::{Command, Event, Query, QueryId, RequestId, Settings};
use deskphone::store::{OldText, Reader, Store};
use deskphone::ui::action::{Action, List};
use deskphone::ui::{App, fonts, theme};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

const TEXTS: usize = 100_000;
const NUMBER: &str = "+442079460018";
const FRAMES: usize = 3_000;

/// Answers from the store at once, in the window's own thread: the time counts.
struct Direct {
    reader: Reader,
    events: VecDeque<Event>,
    next: u64,
    trace: TraceLog,
}

impl EngineClient for Direct {
    fn send(&mut self, _command: Command) -> RequestId {
        self.next += 1;
        RequestId(self.next)
    }

    fn query(&mut self, query: Query) -> QueryId {
        self.next += 1;
        let id = QueryId(self.next);
        let answer = self.reader.answer(&query, "GB");
        self.events.push_back(Event::Answer(id, answer));
        id
    }

    fn try_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    fn trace(&self) -> &TraceLog {
        &self.trace
    }
}

fn words(n: usize) -> String {
    let texts = [
        "See you at the station at eight, please bring the keys",
        "Ok",
        "سلام، فردا ساعت ۸ می‌آیم، شماره من +98 912 345 6789 است",
        "Your code is 482913, see https://bank.example/help?id=7 for more about it",
        "明天的会议三点开始，请准时到 😀",
        "नमस्ते, मैं कल आऊँगा",
    ];
    let text = texts[n % texts.len()];
    if n.is_multiple_of(11) { format!("{text} {}", text.repeat(6)) } else { format!("{n} {text}") }
}

fn store(folder: &std::path::Path) -> Store {
    let mut store = Store::open(&folder.join("long.sqlite3")).unwrap();
    let text = |n: usize| OldText {
        from: PhoneNumber::new(NUMBER),
        text: words(n),
        time: WallTime::from_unix_seconds(1_700_000_000 + 300 * n as i64, 0),
    };
    store.fill(&mut (0..TEXTS).map(text)).unwrap();
    store
}

/// A window without a screen.
struct Window {
    ctx: egui::Context,
    app: App,
    time: f64,
}

impl Window {
    /// One frame at 60 a second; the time it took, with the meshes.
    fn frame(&mut self, events: Vec<egui::Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let size = egui::Vec2::new(1100.0, 720.0);
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
            time: Some(self.time),
            focused: true,
            events,
            ..egui::RawInput::default()
        };
        let started = Instant::now();
        let mut output = self.ctx.run_ui(input, |ui| {
            self.app.logic(ui.ctx());
            self.app.ui(ui);
        });
        output.textures_delta.clear();
        let meshes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        std::hint::black_box(meshes);
        started.elapsed()
    }

    fn scroll(&mut self, points: f32) -> Duration {
        let place = egui::Event::PointerMoved(egui::pos2(520.0, 300.0));
        let wheel = egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::Vec2::new(0.0, points),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: egui::Modifiers::NONE,
        };
        self.frame(vec![place, wheel])
    }
}

/// Prints the figures.
pub fn run() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let threads = store.threads().unwrap();
    let mut events = VecDeque::from([Event::Settings(Settings::default())]);
    events.push_back(Event::Region("GB".to_owned()));
    events.push_back(Event::Threads(threads.into()));
    let reader = store.reader().unwrap();
    let engine = Direct { reader, events, next: 0, trace: TraceLog::default() };
    let ctx = egui::Context::default();
    fonts::install(&ctx);
    theme::apply(&ctx);
    let app = App::new(Box::new(engine), Box::new(SystemClock::new()));
    let mut window = Window { ctx, app, time: 0.0 };
    for _ in 0..10 {
        window.frame(Vec::new());
    }
    let ctx = window.ctx.clone();
    window.app.run(&ctx, Action::ShowList(List::Chats));
    window.frame(Vec::new());
    let mut opened = Vec::new();
    for round in 0..7 {
        window.app.run(&ctx, Action::NewText(String::new()));
        for _ in 0..5 {
            window.frame(Vec::new());
        }
        let started = Instant::now();
        window.app.run(&ctx, Action::Converse(PhoneNumber::new(NUMBER)));
        window.frame(Vec::new());
        if round > 0 {
            // The first time the glyphs of other scripts are drawn, once in the life of a window.
            opened.push(started.elapsed());
        } else {
            println!("window/first opening ever, with fonts: {:?}", started.elapsed());
        }
    }
    opened.sort();
    println!("window/open {TEXTS} texts: median {:?}, worst {:?}", opened[3], opened[5]);
    for (what, points) in [("up", 240.0), ("down", -240.0), ("fast up", 1_500.0)] {
        let mut frames: Vec<Duration> = (0..FRAMES).map(|_| window.scroll(points)).collect();
        frames.sort();
        println!(
            "window/scroll {what}, {FRAMES} frames: median {:?}, 99th of 100 {:?}, worst {:?}",
            frames[FRAMES / 2],
            frames[FRAMES * 99 / 100],
            frames[FRAMES - 1]
        );
    }
    println!("window/items in memory: {}", window.app.model().timeline.items.len());
    let rollup = std::fs::read_to_string("/proc/self/smaps_rollup").unwrap_or_default();
    let memory = super::number_after(&rollup, "\nPss:") / 1024;
    println!("window/memory with {TEXTS} texts, scrolled, without a screen: {memory} MB");
}
