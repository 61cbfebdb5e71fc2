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

fn write(settings: &Settings) -> [(&'static str, String); 19] {
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
    Settings {
        theme: match text("theme") {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::System,
        },
        text_size_percent: text("text_size_percent")
            .and_then(|v| v.parse().ok())
            .map_or(default.text_size_percent, |percent: u16| percent.clamp(75, 200)),
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
        wide_references: flag("wide_references", default.wide_references),
        national_alphabets: flag("national_alphabets", default.national_alphabets),
        retry_texts: flag("retry_texts", default.retry_texts),
        texts_per_minute: number("texts_per_minute", 0) as u16,
        validity_minutes: number("validity_minutes", 0),
        smsc: text("smsc").unwrap_or_default().to_owned(),
    }
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
