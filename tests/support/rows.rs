//! Records as values that can be compared, out of `dump` and out of the database.

use super::site::Site;
use xtelemdb::decode::time;

/// A record: device, microseconds since 2000, nanoseconds behind them, event type, the message's value, and priority.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row(pub String, pub i64, pub i64, pub String, pub String, pub String);

/// The records that `dump` printed.
pub fn dumped(device: &str, lines: &str) -> Vec<Row> {
    lines.lines().map(|line| dumped_line(device, line)).collect()
}

fn dumped_line(device: &str, line: &str) -> Row {
    let rest = line.strip_prefix("{\"ts\":\"").expect("a time first");
    let (ts, rest) = rest.split_once("\",\"prio\":").expect("a priority");
    let (prio, rest) = rest.split_once(",\"ec\":").expect("an event type");
    let (ec, msg) = rest.split_once(",\"msg\":").expect("a message");
    let msg = msg.strip_suffix('}').expect("the end");
    let (second, nanoseconds) = ts.split_once('.').expect("a fraction");
    let seconds = time::parse(second.as_bytes()).expect("a time").seconds - 946_684_800;
    let ns: i64 = nanoseconds.parse().expect("digits");
    let text = |json: &str| serde_json::from_str::<Option<String>>(json).expect("a string");
    Row(
        device.to_owned(),
        seconds * 1_000_000 + ns / 1000,
        ns % 1000,
        text(ec).expect("an event type"),
        value(msg),
        text(prio).unwrap_or_else(|| "null".to_owned()),
    )
}

/// All rows of `telem`, sorted.
pub fn stored(site: &Site) -> Vec<Row> {
    let query = "SELECT device, ((extract(epoch FROM ts) - 946684800) * 1000000)::bigint, ts_ns::bigint,
                        ec, msg::text, coalesce(prio, 'null') FROM public.telem";
    let rows = site.database.client().query(query, &[]).expect("rows");
    let row = |row: &postgres::Row| {
        let msg: String = row.get(4);
        Row(row.get(0), row.get(1), row.get(2), row.get(3), value(&msg), row.get(5))
    };
    let mut rows: Vec<Row> = rows.iter().map(row).collect();
    rows.sort();
    rows
}

/// Writes a JSON value in the one way in which equal values are equal texts: members sorted, numbers exact whatever
/// their size.
pub fn value(json: &str) -> String {
    let mut parser = Parser { rest: json };
    let text = parser.value();
    assert!(parser.rest.trim().is_empty(), "behind the value: {}", parser.rest);
    text
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn value(&mut self) -> String {
        self.rest = self.rest.trim_start();
        match self.rest.as_bytes()[0] {
            b'{' => {
                let mut members = self.list('}', |parser| {
                    let key = parser.string();
                    parser.token(":");
                    format!("{key}:{}", parser.value())
                });
                members.sort();
                format!("{{{}}}", members.join(","))
            }
            b'[' => format!("[{}]", self.list(']', Self::value).join(",")),
            b'"' => self.string(),
            b't' | b'f' | b'n' => {
                let end = self.rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(self.rest.len());
                self.take(end).to_owned()
            }
            _ => self.number(),
        }
    }

    fn list(&mut self, end: char, mut item: impl FnMut(&mut Self) -> String) -> Vec<String> {
        let mut items = Vec::new();
        self.take(1);
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.starts_with(end) {
                self.take(1);
                return items;
            }
            if !items.is_empty() {
                self.token(",");
            }
            items.push(item(self));
        }
    }

    fn string(&mut self) -> String {
        self.rest = self.rest.trim_start();
        let mut strings = serde_json::Deserializer::from_str(self.rest).into_iter::<String>();
        let text = strings.next().expect("a string").expect("a string");
        let end = strings.byte_offset();
        self.take(end);
        format!("{text:?}")
    }

    /// The digits without the zeros at both ends, and the power of ten that they are multiplied by.
    fn number(&mut self) -> String {
        let end = self.rest.find(|c| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
        let text = self.take(end.unwrap_or(self.rest.len())).to_ascii_lowercase();
        let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |text| ("-", text));
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        assert!(!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()), "a number: {text}");
        let short = digits.trim_end_matches('0');
        let exponent = exponent.parse::<i64>().expect("an exponent") - fraction.len() as i64;
        let exponent = exponent + (digits.len() - short.len()) as i64;
        match short.trim_start_matches('0') {
            "" => "0".to_owned(),
            digits => format!("{sign}{digits}e{exponent}"),
        }
    }

    fn token(&mut self, token: &str) {
        self.rest = self.rest.trim_start().strip_prefix(token).expect(token);
    }

    fn take(&mut self, count: usize) -> &str {
        let (taken, rest) = self.rest.split_at(count);
        self.rest = rest;
        taken
    }
}
