//! The inventory of many empty files: against `find`, which asks the kernel for the same and keeps nothing.

use crate::bench::{Bench, EMPTY};
use crate::data::Tree;
use crate::figure::{Figure, Sample};
use crate::process::together;
use std::process::Command;
use xtelemdb::error::Result;
use xtelemdb::report::summary::thousands;

/// What a round works on.
const ROUND: &str = "walked";
const FIND: &str = "find -printf '%s %T@ %p\\n'";

/// `walk`
pub fn walk(bench: &Bench) -> Result<Vec<Figure>> {
    let tree = bench.data.tree()?;
    find(&tree)?;
    let work = format!("inventory of {} files in 1,000 folders, all new", thousands(tree.files));
    let mut figure = Figure::new(work, "files/s", ">= 250,000 files/s").against(FIND);
    figure.alternate(bench.rounds, &mut (), |()| inventory_anew(bench, &tree), |()| find(&tree))?;
    Ok(vec![figure])
}

/// `walk-again`
pub fn walk_again(bench: &Bench) -> Result<Vec<Figure>> {
    let tree = bench.data.tree()?;
    find(&tree)?;
    inventory_anew(bench, &tree)?;
    bench.server()?.sql(ROUND, &["VACUUM ANALYZE", "CHECKPOINT"])?;
    let work = format!("inventory of {} files in 1,000 folders, nothing new", thousands(tree.files));
    let mut figure = Figure::new(work, "files/s", ">= 0.5 of the limit").against(FIND);
    let inventory = |(): &mut ()| {
        let run = bench.inventory(ROUND, &tree.folder)?;
        run.expect("unchanged", tree.files)?;
        Ok(Sample { value: tree.files as f64 / run.elapsed.as_secs_f64(), peak_bytes: run.peak_bytes })
    };
    figure.alternate(bench.rounds, &mut (), inventory, |()| find(&tree))?;
    Ok(vec![figure])
}

/// `folder`
pub fn folder(bench: &Bench) -> Result<Vec<Figure>> {
    let (huge, tree) = (bench.data.huge_folder()?, bench.data.tree()?);
    find(&huge)?;
    find(&tree)?;
    let work = format!("inventory of {} files in one folder, all new", thousands(huge.files));
    let limit = format!("inventory of {} files in 1,000 folders", thousands(tree.files));
    let mut figure = Figure::new(work, "files/s", ">= the limit, < 64 MB").against(limit);
    let many_folders = |(): &mut ()| inventory_anew(bench, &tree).map(|sample| sample.value);
    figure.alternate(bench.rounds, &mut (), |()| inventory_anew(bench, &huge), many_folders)?;
    Ok(vec![figure])
}

/// Files a second of an inventory into a database without a row.
fn inventory_anew(bench: &Bench, tree: &Tree) -> Result<Sample> {
    bench.server()?.recreate(ROUND, EMPTY)?;
    let run = bench.inventory(ROUND, &tree.folder)?;
    run.expect("new", tree.files)?;
    Ok(Sample { value: tree.files as f64 / run.elapsed.as_secs_f64(), peak_bytes: run.peak_bytes })
}

/// Files a second of `find`.
fn find(tree: &Tree) -> Result<f64> {
    let mut find = Command::new("find");
    find.arg(&tree.folder).args(["-printf", "%s %T@ %p\\n"]);
    Ok(tree.files as f64 / together(vec![find])?.as_secs_f64())
}
