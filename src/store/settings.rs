//! The settings as rows of words, so that a newer and an older program can read each other's.

use super::{Store, StoreError};
use crate::phone::{LinkAddress, Settings, Theme, UsbIdentity};
use std::collections::BTreeMap;

impl Store {
    /// The settings; what was never saved or can't be understood has its default.
    pub fn settings(&self) -> Result<Settings, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT key, value FROM settings")?;
        let pairs = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let pairs: BTreeMap<String, String> = pairs.collect::<rusqlite::Result<_>>()?;
        Ok(read(&pairs))
    }

    /// Keeps the settings.
    pub fn save_settings(&mut self, settings: &Settings) -> Result<(), StoreError> {
        self.write(|db| {
            let mut statement =
                db.prepare_cached("INSERT OR REPLACE INTO settings (key, value) VALUES (?1, ?2)")?;
            for (key, value) in write(settings) {
                statement.execute([key, value.as_str()])?;
            }
            Ok(())
        })?;
        let chosen = &settings.region;
        self.region = if chosen.is_empty() { self.home.clone() } else { chosen.clone() };
        Ok(())
    }
}

fn write(settings: &Settings) -> [(&'static str, String); 28] {
    let theme = match settings.theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    [
        ("theme", theme.to_owned()),
        ("text_size_percent", settings.text_size_percent.to_string()),
        ("delivery_reports", settings.delivery_reports.to_string()),
        ("delete_from_modem", settings.delete_from_modem.to_string()),
        ("enter_sends", settings.enter_sends.to_string()),
        ("notifications", settings.notifications.to_string()),
        ("region", settings.region.clone()),
        ("baud_rate", settings.baud_rate.to_string()),
        ("reconnect", settings.reconnect.to_string()),
        (
            "last_address",
            settings.last_address.as_ref().map(ToString::to_string).unwrap_or_default(),
        ),
        ("last_usb", settings.last_usb.as_ref().map(write_usb).unwrap_or_default()),
        ("profile", settings.profile.clone()),
        ("hide_own_number", settings.hide_own_number.to_string()),
        ("auto_answer_seconds", settings.auto_answer_seconds.to_string()),
        ("redial_attempts", settings.redial_attempts.to_string()),
        ("redial_pause_seconds", settings.redial_pause_seconds.to_string()),
        ("block_list", write_list(&settings.block_list)),
        ("block_withheld", settings.block_withheld.to_string()),
        ("reject_texts", write_list(&settings.reject_texts)),
        ("remember_pin", settings.remember_pin.to_string()),
        ("mask_console", settings.mask_console.to_string()),
        ("voicemail_number", settings.voicemail_number.clone()),
        ("wide_references", settings.wide_references.to_string()),
        ("national_alphabets", settings.national_alphabets.to_string()),
        ("retry_texts", settings.retry_texts.to_string()),
        ("texts_per_minute", settings.texts_per_minute.to_string()),
        ("validity_minutes", settings.validity_minutes.to_string()),
        ("smsc", settings.smsc.clone()),
    ]
}

fn read(pairs: &BTreeMap<String, String>) -> Settings {
    let default = Settings::default();
    let text = |key: &str| pairs.get(key).map(String::as_str);
    let flag = |key: &str, default| text(key).and_then(|v| v.parse().ok()).unwrap_or(default);
    let number =
        |key: &str, default: u32| text(key).and_then(|v| v.parse().ok()).unwrap_or(default);
    let list = |key: &str, default| text(key).and_then(read_list).unwrap_or(default);
    let small = |key: &str, default: u32, most: u32| number(key, default).min(most);
    let settings = Settings {
        theme: match text("theme") {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::System,
        },
        text_size_percent: text("text_size_percent")
            .and_then(|v| v.parse().ok())
            .unwrap_or(default.text_size_percent),
        delivery_reports: flag("delivery_reports", default.delivery_reports),
        delete_from_modem: flag("delete_from_modem", default.delete_from_modem),
        enter_sends: flag("enter_sends", default.enter_sends),
        notifications: flag("notifications", default.notifications),
        region: text("region").unwrap_or_default().to_owned(),
        baud_rate: text("baud_rate")
            .and_then(|v| v.parse().ok())
            .filter(|&rate| rate > 0)
            .unwrap_or(default.baud_rate),
        reconnect: flag("reconnect", default.reconnect),
        last_address: text("last_address").and_then(|v| v.parse::<LinkAddress>().ok()),
        last_usb: text("last_usb").and_then(read_usb),
        profile: text("profile").unwrap_or_default().to_owned(),
        hide_own_number: flag("hide_own_number", default.hide_own_number),
        auto_answer_seconds: small("auto_answer_seconds", 0, 60) as u8,
        redial_attempts: small("redial_attempts", 0, 10) as u8,
        redial_pause_seconds: small(
            "redial_pause_seconds",
            u32::from(default.redial_pause_seconds),
            600,
        ) as u16,
        block_list: list("block_list", default.block_list),
        block_withheld: flag("block_withheld", default.block_withheld),
        reject_texts: list("reject_texts", default.reject_texts),
        remember_pin: flag("remember_pin", default.remember_pin),
        mask_console: flag("mask_console", default.mask_console),
        voicemail_number: text("voicemail_number").unwrap_or_default().to_owned(),
        wide_references: flag("wide_references", default.wide_references),
        national_alphabets: flag("national_alphabets", default.national_alphabets),
        retry_texts: flag("retry_texts", default.retry_texts),
        texts_per_minute: small("texts_per_minute", 0, u32::from(u16::MAX)) as u16,
        validity_minutes: number("validity_minutes", 0),
        smsc: text("smsc").unwrap_or_default().to_owned(),
    };
    settings.clamped()
}

/// A list as JSON: an entry may hold any character.
fn write_list(entries: &[String]) -> String {
    serde_json::json!(entries).to_string()
}

/// `None` if it is no list of texts.
fn read_list(json: &str) -> Option<Vec<String>> {
    serde_json::from_str(json).ok()
}

/// `2c7c:0125:2:SERIAL`; interface and serial number may be absent: `2c7c:0125:`.
fn write_usb(usb: &UsbIdentity) -> String {
    let interface = usb.interface.map(|i| i.to_string()).unwrap_or_default();
    // An empty serial number is not the same as none.
    let serial = usb.serial.as_ref().map(|serial| format!(":{serial}")).unwrap_or_default();
    format!("{:04x}:{:04x}:{interface}{serial}", usb.vid, usb.pid)
}

fn read_usb(text: &str) -> Option<UsbIdentity> {
    let mut fields = text.splitn(4, ':');
    let vid = u16::from_str_radix(fields.next()?, 16).ok()?;
    let pid = u16::from_str_radix(fields.next()?, 16).ok()?;
    let interface = fields.next()?.parse().ok();
    Some(UsbIdentity { vid, pid, serial: fields.next().map(str::to_owned), interface })
}
