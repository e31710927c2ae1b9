//! Prints the figures: a table for people, JSON for machines.

use crate::figure::{Figure, median, range};
use crate::machine::Machine;
use serde_json::{Value, json};

const HEADINGS: [&str; 6] = ["work", "measured (min - max)", "limit", "ratio", "target", "peak memory"];

/// The table, as Markdown that can also be read as it is.
pub fn text(figures: &[Figure], machine: &Machine, rounds: usize, is_quick: bool) -> String {
    let mut lines: Vec<[String; 6]> = vec![HEADINGS.map(str::to_owned)];
    lines.extend(figures.iter().map(cells));
    let widths: [usize; 6] = std::array::from_fn(|column| {
        lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0)
    });
    lines.insert(1, widths.map(|width| "-".repeat(width)));
    let mut out = String::new();
    for line in &lines {
        for (cell, width) in line.iter().zip(widths) {
            out.push_str(&format!("| {cell:<width$} "));
        }
        out.push_str("|\n");
    }
    let size = if is_quick { "small data (--quick)" } else { "full data" };
    let server =
        machine.postgresql.as_deref().map_or(String::new(), |version| format!("; PostgreSQL {version}"));
    out.push_str(&format!(
        "\n{}, {} cores, {:.0} GiB of memory; Linux {}{server}\n{size}, medians of {rounds} rounds unless said otherwise\n",
        machine.cpu,
        machine.cores,
        machine.memory_bytes as f64 / (1u64 << 30) as f64,
        machine.kernel,
    ));
    out
}

/// The same for machines.
pub fn json(figures: &[Figure], machine: &Machine, rounds: usize, is_quick: bool) -> Value {
    let figures: Vec<Value> = figures.iter().map(figure_json).collect();
    json!({ "machine": machine, "rounds": rounds, "quick": is_quick, "figures": figures })
}

fn figure_json(figure: &Figure) -> Value {
    let summary = |values: &[f64]| {
        let (least, most) = range(values).unzip();
        json!({ "median": median(values), "min": least, "max": most, "values": values })
    };
    json!({
        "work": figure.work,
        "unit": figure.unit,
        "measured": summary(&figure.measured),
        "limit": figure.limit.as_ref().map(|limit| {
            let mut value = summary(&limit.measured);
            value["work"] = limit.work.clone().into();
            value
        }),
        "ratio": figure.ratio(),
        "target": figure.target,
        "peak_bytes": figure.peak_bytes,
    })
}

fn cells(figure: &Figure) -> [String; 6] {
    let unit = figure.unit;
    let measured = match (median(&figure.measured), range(&figure.measured)) {
        (Some(middle), Some((least, most))) if figure.measured.len() > 1 => {
            format!("{} {unit} ({} - {})", number(middle), number(least), number(most))
        }
        (Some(only), _) => format!("{} {unit}", number(only)),
        _ => "-".to_owned(),
    };
    let limit = figure
        .limit
        .as_ref()
        .and_then(|limit| Some(format!("{} {unit}: {}", number(median(&limit.measured)?), limit.work)));
    [
        figure.work.clone(),
        measured,
        limit.unwrap_or_else(|| "-".to_owned()),
        figure.ratio().map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}")),
        figure.target.to_owned(),
        figure.peak_bytes.map_or_else(|| "-".to_owned(), |bytes| format!("{:.1} MB", bytes as f64 / 1e6)),
    ]
}

/// Three digits or more, thousands set apart.
fn number(value: f64) -> String {
    if value < 99.95 {
        let decimals = if value < 0.9995 {
            3
        } else if value < 9.995 {
            2
        } else {
            1
        };
        return format!("{value:.decimals$}");
    }
    xtelemdb::report::summary::thousands(value.round() as u64)
}
