//! A figure: what was measured, and beside it the limit measured in alternation with it.

use xtelemdb::error::Result;

/// One line of the table.
#[derive(Default)]
pub struct Figure {
    pub work: String,
    pub unit: &'static str,
    /// One value a round.
    pub measured: Vec<f64>,
    pub limit: Option<Limit>,
    /// What is aimed at, in words.
    pub target: &'static str,
    /// The most memory that a process of the program had, over all rounds.
    pub peak_bytes: Option<u64>,
}

/// What a figure is measured against.
pub struct Limit {
    pub work: String,
    /// One value a round, in the figure's unit.
    pub measured: Vec<f64>,
}

/// One value, and the peak memory of the process that yielded it if it was the program.
pub struct Sample {
    pub value: f64,
    pub peak_bytes: Option<u64>,
}

impl From<f64> for Sample {
    fn from(value: f64) -> Self {
        Self { value, peak_bytes: None }
    }
}

impl Figure {
    pub fn new(work: impl Into<String>, unit: &'static str, target: &'static str) -> Self {
        Self { work: work.into(), unit, target, ..Self::default() }
    }

    /// Names the limit.
    pub fn against(mut self, work: impl Into<String>) -> Self {
        self.limit = Some(Limit { work: work.into(), measured: Vec::new() });
        self
    }

    pub fn add(&mut self, sample: Sample) {
        self.measured.push(sample.value);
        self.peak_bytes = self.peak_bytes.max(sample.peak_bytes);
    }

    /// Adds what the limit was in a round.
    pub fn add_limit(&mut self, value: f64) {
        self.limit
            .get_or_insert_with(|| Limit { work: String::new(), measured: Vec::new() })
            .measured
            .push(value);
    }

    /// Measures work and limit by turns. Which of them goes first changes from round to round, so that neither gains
    /// by what the other leaves behind.
    pub fn alternate<T>(
        &mut self,
        rounds: usize,
        context: &mut T,
        work: impl Fn(&mut T) -> Result<Sample>,
        limit: impl Fn(&mut T) -> Result<f64>,
    ) -> Result<()> {
        for round in 0..rounds {
            for turn in 0..2 {
                if (round + turn) % 2 == 0 {
                    self.add(work(context)?);
                } else {
                    let value = limit(context)?;
                    self.add_limit(value);
                }
            }
        }
        Ok(())
    }

    /// Median of what was measured, over that of the limit.
    pub fn ratio(&self) -> Option<f64> {
        let limit = median(&self.limit.as_ref()?.measured)?;
        Some(median(&self.measured)? / limit)
    }
}

/// The middle value; the mean of the two in the middle if their number is even.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        count if count % 2 == 1 => Some(sorted[middle]),
        _ => Some((sorted[middle - 1] + sorted[middle]) / 2.0),
    }
}

/// The least and the greatest value.
pub fn range(values: &[f64]) -> Option<(f64, f64)> {
    let least = values.iter().copied().min_by(f64::total_cmp)?;
    Some((least, values.iter().copied().max_by(f64::total_cmp)?))
}
