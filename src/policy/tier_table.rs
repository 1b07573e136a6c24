//! The table of tiers: its order, and what is wrong with it.

use super::{Measure, Tier};
use crate::phrase;
use crate::programme::Programme;
use crate::record::{Fault, Table};

/// The tiers of a policy, in their order.
#[derive(Debug, Clone, Default)]
pub struct Tiers {
    /// Each with its position in the table.
    tiers: Vec<(usize, Tier)>,
    /// The table they were read from, to say where a fault is.
    table: Table,
}

impl Tiers {
    /// The tiers of a table.
    ///
    /// # Errors
    /// Cells that cannot be read, a tier that stands twice, a number left out.
    pub(super) fn read(table: &Table) -> Result<Tiers, Vec<Fault>> {
        let tiers: Vec<Tier> = table.records()?;
        let mut faults = Vec::new();
        for (record, own) in tiers.iter().enumerate() {
            let number = own.tier;
            let before = &tiers[..record];
            let cause = if before.iter().any(|other| other.tier == number) {
                phrase!("bậc {number} có hai dòng", "tier {number} stands twice")
            } else if number < 1 || (number > 1 && tiers.iter().all(|t| t.tier != number - 1)) {
                let missing = number - 1;
                phrase!(
                    "có bậc {number} mà không có bậc {missing}; các bậc đánh số từ 1",
                    "there is a tier {number} but no tier {missing}; tiers count from 1"
                )
            } else {
                continue;
            };
            let remedy = phrase!(
                "hãy đánh số các bậc 1, 2, 3, …, mỗi bậc một dòng",
                "number the tiers 1, 2, 3, …, one row each"
            );
            let fault = Fault::of("tiers", cause, remedy).at(record).column("tier");
            faults.push(fault.located(table));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut tiers: Vec<_> = tiers.into_iter().enumerate().collect();
        tiers.sort_by_key(|(_, own)| own.tier);
        Ok(Tiers {
            tiers,
            table: table.clone(),
        })
    }

    /// Each tier, the first one first.
    pub fn iter(&self) -> impl Iterator<Item = &Tier> {
        self.tiers.iter().map(|(_, own)| own)
    }

    /// What in them does not fit the programme: names that no table knows.
    #[must_use]
    pub fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let of = |(record, own): &(usize, Tier)| {
            let mut faults = Vec::new();
            let selected = own.select.faults(programme).into_iter();
            faults.extend(selected.map(|fault| fault.column("select")));
            if let Measure::Score(code) = &own.measure
                && own.criterion(programme).is_none()
            {
                faults.push(unknown_criterion(programme, code));
            }
            let record = *record;
            let located = move |fault: Fault| fault.at(record).located(&self.table);
            faults.into_iter().map(located)
        };
        self.tiers.iter().flat_map(of).collect()
    }
}

fn unknown_criterion(programme: &Programme, code: &str) -> Fault {
    let known = programme.criteria.iter().map(|own| own.code.as_str());
    let known = known.collect::<Vec<_>>().join(", ");
    Fault::of(
        "tiers",
        phrase!(
            "bộ dữ liệu không có tiêu chí “{code}”",
            "the dataset has no criterion “{code}”"
        ),
        phrase!("hãy dùng một trong: {known}", "use one of: {known}"),
    )
    .column("measure")
}
