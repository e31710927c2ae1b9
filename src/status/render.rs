//! The status as people read it: 80 columns, what needs attention first, colour only where there is a terminal.

use super::{Device, DeviceState, Follow, FollowState, Host, Said, Status};
use crate::limits::STATUS_COUNTED_ROWS;
use crate::report::escape::{self, Escaped};
use crate::report::paint::Paint;
use crate::report::summary::{bytes, counted, duration, thousands};
use crate::report::wrap;
use std::time::Duration;

/// How wide it is.
const COLUMNS: usize = 80;
/// Where texts beside a label begin.
const INDENT: usize = 12;
/// How wide the column of devices is; longer names are cut.
const DEVICE_COLUMNS: usize = 16;
/// Files that are named; the others are counted.
const FILES_NAMED: usize = 5;
/// Silent devices that are named, of which the table marks all: it shall not be pushed off the screen.
const SILENT_NAMED: usize = 6;

/// A message in place of a page, broken between words.
pub fn message(text: &str) -> String {
    let lines = escape::lines(text).flat_map(|line| wrap::lines(&line.to_string(), COLUMNS, COLUMNS));
    lines.map(|line| line + "\n").collect()
}

/// Text that is being made.
struct Page {
    text: String,
    is_coloured: bool,
}

/// The whole page.
pub fn page(status: &Status, is_coloured: bool) -> String {
    let mut page = Page { text: String::new(), is_coloured };
    page.title(status);
    if status.hosts.is_empty() && status.devices_without_files.is_empty() {
        page.text.push_str("\nNothing is in here yet: run `xtelemdb inventory` and `xtelemdb ingest`.\n");
    }
    for host in &status.hosts {
        page.text.push('\n');
        page.host(host);
    }
    if !status.devices_without_files.is_empty() {
        page.text.push('\n');
        page.field(
            Paint::Bold,
            "no files",
            Paint::Plain,
            "rows of devices of which no file is in the inventory",
        );
        page.devices(&status.devices_without_files);
    }
    page.text
}

impl Page {
    fn title(&mut self, status: &Status) {
        let now = format!("{} UTC", when(&status.now));
        let room = COLUMNS - now.len() - 2;
        let database = cut(&status.database, room);
        let line = format!("{database:room$}  {now}");
        self.painted(Paint::Bold, &line);
        self.text.push('\n');
    }

    fn host(&mut self, host: &Host) {
        let (paint, follow) = follow_in_words(&host.follow);
        self.field(Paint::Bold, &host.host, paint, &follow);
        self.progress(host);
        if let Some(text) = silence(&host.devices) {
            self.field(Paint::Attention, "  silent", Paint::Plain, &text);
        }
        if host.records_rejected > 0 {
            let reasons = host.rejected_by_reason.iter();
            let reasons: Vec<String> =
                reasons.map(|(reason, count)| format!("{reason} {}", thousands(*count))).collect();
            let text = format!(
                "{} of {}: {}",
                counted(host.records_rejected, "record"),
                counted(host.files_with_rejects, "file"),
                reasons.join(", ")
            );
            self.field(Paint::Plain, "  rejected", Paint::Plain, &text);
        }
        for failed in host.files_failed.iter().take(FILES_NAMED) {
            let text = format!("{} {}", failed.path, failed.reason);
            self.field(Paint::Bad, "  failed", Paint::Plain, &text);
        }
        if host.files_failed.len() > FILES_NAMED {
            let more = (host.files_failed.len() - FILES_NAMED) as u64;
            self.field(Paint::Bad, "  failed", Paint::Plain, &format!("and {}", counted(more, "more file")));
        }
        if !host.devices.is_empty() {
            self.devices(&host.devices);
        }
    }

    /// How far it is: as the follow says, which knows best, or as the inventory does.
    fn progress(&mut self, host: &Host) {
        let said = host.follow.said.as_ref().filter(|_| host.follow.state == FollowState::Alive);
        let (files, size) = said
            .map_or((host.files_behind, host.bytes_behind), |said| (said.files_behind, said.bytes_behind));
        let (paint, mut text) = match (files, said) {
            (0, Some(_)) => (Paint::Plain, "nothing".to_owned()),
            (0, None) => (Paint::Plain, "no file that is in the inventory".to_owned()),
            _ => (Paint::Attention, format!("{} in {}", bytes(size), counted(files, "file"))),
        };
        if let Some(lag_s) = said.and_then(|said| said.lag_s).filter(|_| files > 0) {
            text.push_str(&format!(", the oldest for {}", span(lag_s)));
        }
        self.field(Paint::Plain, "  behind", paint, &text);
        if let Some(said) = said {
            self.field(Paint::Plain, "  loaded", Paint::Plain, &loaded(said));
        }
        if let Some(said) = host.follow.said.as_ref().filter(|said| said.errors > 0) {
            let mut text = thousands(said.errors);
            if let Some(last) = &said.last_error {
                text.push_str(&format!(", the last: {last}"));
            }
            self.field(Paint::Bad, "  errors", Paint::Plain, &text);
        }
    }

    fn devices(&mut self, devices: &[Device]) {
        let head = format!(
            "  {:DEVICE_COLUMNS$} {:19} {:>6} {:>6} {:>6} {:>7} {:>5} {:>6}",
            "device", "newest record", "minute", "hour", "day", "behind", "files", "reject"
        );
        self.painted(Paint::Faint, head.trim_end());
        self.text.push('\n');
        for device in devices {
            self.device(device);
        }
        if devices.iter().any(|device| !device.also_on.is_empty()) {
            self.painted(
                Paint::Faint,
                "* other hosts have files of it, too; record and rows are of all of them",
            );
            self.text.push('\n');
        }
    }

    fn device(&mut self, device: &Device) {
        let (mark, paint) = match device.state {
            DeviceState::Writing => (' ', Paint::Plain),
            DeviceState::Behind => ('>', Paint::Attention),
            DeviceState::Silent => ('!', Paint::Attention),
            DeviceState::Off => (' ', Paint::Faint),
        };
        let star = if device.also_on.is_empty() { "" } else { "*" };
        let name = cut(&device.device, DEVICE_COLUMNS - star.len()) + star;
        let rows = |name: &str, count: u64| {
            let is_estimate = device.estimated.contains(&name);
            or_dash(count, if is_estimate { estimate(count) } else { short(count) })
        };
        let newest = device.newest_record.as_deref().map_or("-".to_owned(), when);
        let line = format!(
            "{mark} {name:DEVICE_COLUMNS$} {newest:19} {:>6} {:>6} {:>6} {:>7} {:>5} {:>6}",
            rows("rows_last_minute", device.rows_last_minute),
            rows("rows_last_hour", device.rows_last_hour),
            rows("rows_last_day", device.rows_last_day),
            or_dash(device.bytes_behind, bytes(device.bytes_behind)),
            or_dash(device.files_behind, short(device.files_behind)),
            or_dash(device.records_rejected, short(device.records_rejected)),
        );
        self.painted(paint, line.trim_end());
        self.text.push('\n');
    }

    /// A label and a text beside it, which is broken between words into lines below each other.
    fn field(&mut self, label_paint: Paint, label: &str, paint: Paint, text: &str) {
        let (label, text) = (Escaped(label).to_string(), Escaped(text).to_string());
        let padding = INDENT.saturating_sub(label.chars().count()).max(1);
        let before = label.chars().count() + padding;
        self.painted(label_paint, &label);
        self.text.push_str(&" ".repeat(padding));
        let lines = wrap::lines(&text, COLUMNS.saturating_sub(before), COLUMNS - INDENT);
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                self.text.push_str(&format!("\n{:INDENT$}", ""));
            }
            self.painted(paint, line);
        }
        self.text.push('\n');
    }

    fn painted(&mut self, paint: Paint, text: &str) {
        self.text.push_str(&paint.text(text, self.is_coloured));
    }
}

fn follow_in_words(follow: &Follow) -> (Paint, String) {
    let Some(said) = &follow.said else {
        return (Paint::Faint, "not followed; `xtelemdb inventory` and `ingest` bring it up to date".into());
    };
    let who = format!("{} (process {})", said.name, said.process_id);
    match follow.state {
        FollowState::Alive => (Paint::Good, format!("followed by {who} since {}", when(&said.started))),
        FollowState::Ended => {
            let ago = span(said.ended_age_s.unwrap_or(said.beat_age_s));
            (Paint::Attention, format!("not followed: {who} was stopped {ago} ago"))
        }
        FollowState::Dead | FollowState::None => {
            let ago = span(said.beat_age_s);
            (Paint::Bad, format!("not followed: {who} was heard of {ago} ago, and no more"))
        }
    }
}

fn loaded(said: &Said) -> String {
    let newest = said.newest_record.as_deref().map(|newest| format!(", the newest of {}", when(newest)));
    format!("{} since its start{}", counted(said.records_since_start, "record"), newest.unwrap_or_default())
}

/// Which devices are silent: `camwfs for 28 min 05 s (usually 1.0 s)`. Of many the news: those that fell silent last.
fn silence(devices: &[Device]) -> Option<String> {
    let age_s = |device: &Device| device.age_s.unwrap_or(0.0);
    let mut silent: Vec<&Device> =
        devices.iter().filter(|device| device.state == DeviceState::Silent).collect();
    let count = silent.len();
    if count > SILENT_NAMED {
        silent.sort_by(|a, b| age_s(a).total_cmp(&age_s(b)));
        silent.truncate(SILENT_NAMED);
    }
    let describe = |device: &&Device| {
        let usual = device.usual_gap_s.map(|gap_s| format!(" (usually {})", span(gap_s))).unwrap_or_default();
        format!("{} for {}{usual}", device.device, span(age_s(device)))
    };
    let mut texts: Vec<String> = silent.iter().map(describe).collect();
    if count > SILENT_NAMED {
        texts.push(format!("and {} for longer", counted((count - SILENT_NAMED) as u64, "device")));
    }
    (count > 0).then(|| texts.join(", "))
}

fn span(time_s: f64) -> String {
    duration(Duration::try_from_secs_f64(time_s.max(0.0)).unwrap_or(Duration::MAX))
}

/// `2024-04-22 19:06:43` of `2024-04-22T19:06:43.123456Z`.
fn when(utc: &str) -> String {
    utc.split('.').next().unwrap_or(utc).replace('T', " ")
}

/// A count in at most five characters: `9999`, `86.4k`, `1.2M`.
fn short(count: u64) -> String {
    let mut size = count as f64;
    if count < 10_000 {
        return count.to_string();
    }
    let mut units = ["k", "M", "G", "T", "P", "E"].into_iter();
    let mut unit = "";
    while size >= 999.5 {
        size /= 1000.0;
        unit = units.next().unwrap_or("E");
    }
    match size {
        size if size < 99.95 => format!("{size:.1}{unit}"),
        size => format!("{size:.0}{unit}"),
    }
}

/// A count that is an estimate; of one that came out as the least that is possible nobody knows how far off it is.
fn estimate(count: u64) -> String {
    if count == STATUS_COUNTED_ROWS + 1 {
        return format!(">{STATUS_COUNTED_ROWS}");
    }
    format!("~{}", about(count))
}

/// An estimate, of which no more than two digits mean anything: `1200`, `86k`, `860k`.
fn about(count: u64) -> String {
    let step = 10_u64.pow(count.checked_ilog10().unwrap_or(0).saturating_sub(1));
    short((count + step / 2) / step * step).replace(".0", "")
}

fn or_dash(count: u64, text: String) -> String {
    if count == 0 { "-".into() } else { text }
}

/// A name made harmless and short enough, with an ellipsis where something is missing.
fn cut(name: &str, columns: usize) -> String {
    let name = Escaped(name).to_string();
    if name.chars().count() <= columns {
        return name;
    }
    name.chars().take(columns - 1).chain(['…']).collect()
}
