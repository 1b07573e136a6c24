//! What may go wrong, as the planner judges it: projects that drop out or slip, ceilings cut late.
//!
//! These are assumptions: neither facts of the programme nor choices of the policy, so they stand in
//! a folder of their own. Table `drop_outs` has chances by selector, the first row that matches a
//! decision counting; table `cuts`, which may be missing, has what may be taken from a ceiling in
//! its own year.

use crate::phrase;
use crate::plan::Decision;
use crate::programme::{FundId, Programme};
use crate::quantities::{Money, Share, Year};
use crate::record;
use crate::record::{Fault, Table};
use crate::selector::Selector;

record! {
    /// How likely selected projects are to drop out or slip.
    pub struct DropOut {
        /// Which projects, a selector; blank: all.
        select: Selector,
        /// The chance that one is given up when it is due to start: its beneficiary withdraws, lacks its share, or cannot bear a cost overrun.
        drop_out: Share,
        /// The chance that one starts a year later.
        slip: Share,
    }
}

record! {
    /// A ceiling that may turn out smaller, as written.
    pub struct CutRecord {
        /// The fund.
        fund: String,
        /// The year.
        year: Year,
        /// The chance that its ceiling is cut in that year.
        chance: Share,
        /// The part of the ceiling that is cut then.
        cut: Share,
    }
}

/// A ceiling that may turn out smaller, which is known only in its own year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateCut {
    /// The fund.
    pub fund: FundId,
    /// The year.
    pub year: Year,
    /// The chance of it.
    pub chance: Share,
    /// The part of the ceiling that is cut.
    pub cut: Share,
}

/// What may go wrong.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Risks {
    /// Chances by selector; the first that matches counts, and what none matches is certain.
    pub drop_outs: Vec<DropOut>,
    /// Cuts, at most one of each fund and year.
    pub cuts: Vec<LateCut>,
}

impl Risks {
    /// The risks that tables `drop_outs` and `cuts` state for a programme.
    ///
    /// # Errors
    /// Every fault of both: cells that cannot be read, chances above the whole, names that the
    /// programme does not know, years that are over or outside it, a cut that stands twice.
    pub fn read(tables: &[Table], programme: &Programme) -> Result<Risks, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut risks = Risks::default();
        for table in tables {
            let mut place = |record: usize, column: &str, fault: Fault| {
                faults.push(fault.at(record).column(column).located(table));
            };
            match table.name.as_str() {
                "drop_outs" => match table.records::<DropOut>() {
                    Ok(rows) => {
                        for (record, row) in rows.iter().enumerate() {
                            check(row, programme, |column, own| place(record, column, own));
                        }
                        risks.drop_outs = rows;
                    }
                    Err(more) => faults.extend(more),
                },
                _ => match table.records::<CutRecord>() {
                    Ok(rows) => risks.cuts = cuts(&rows, programme, place),
                    Err(more) => faults.extend(more),
                },
            }
        }
        if faults.is_empty() {
            Ok(risks)
        } else {
            Err(faults)
        }
    }

    /// The chances that a decision drops out and that it slips.
    #[must_use]
    pub fn of(&self, programme: &Programme, decision: &Decision) -> (Share, Share) {
        let mut rows = self.drop_outs.iter();
        let own = rows.find(|row| row.select.selects(programme, decision));
        own.map_or((Share(0), Share(0)), |row| (row.drop_out, row.slip))
    }
}

impl LateCut {
    /// What is left of a ceiling after it, rounded down to the đồng.
    #[must_use]
    pub fn left_of(self, ceiling: Money) -> Money {
        let left = Share(Share::WHOLE - self.cut.0).of(ceiling.0) / i128::from(Share::WHOLE);
        Money(i64::try_from(left).unwrap_or(ceiling.0))
    }
}

fn check(row: &DropOut, programme: &Programme, mut tell: impl FnMut(&str, Fault)) {
    for fault in row.select.faults(programme) {
        let remedy = phrase!(
            "hãy sửa giá trị, hoặc bỏ dòng này đối với chương trình này",
            "mend the value, or leave this row out for this programme"
        );
        tell("select", Fault { remedy, ..fault });
    }
    let (drop_out, slip) = (row.drop_out, row.slip);
    if drop_out.0 + slip.0 > Share::WHOLE {
        tell(
            "slip",
            Fault::of(
                "drop_outs",
                phrase!(
                    "khả năng rút ({drop_out}) và khả năng chậm ({slip}) cộng lại quá 100%",
                    "the chances of dropping out ({drop_out}) and of slipping ({slip}) come to more than 100%";
                    drop_out, slip
                ),
                phrase!(
                    "mỗi đề án hoặc bắt đầu đúng năm, hoặc chậm, hoặc rút; hãy giảm một trong hai con số",
                    "a project starts in time, slips or drops out; lower one of the two"
                ),
            ),
        );
    }
}

fn cuts(
    rows: &[CutRecord],
    programme: &Programme,
    mut tell: impl FnMut(usize, &str, Fault),
) -> Vec<LateCut> {
    let mut cuts: Vec<LateCut> = Vec::new();
    for (record, row) in rows.iter().enumerate() {
        let funds = &programme.funds;
        let fund = funds.iter().position(|own| own.named.code == row.fund);
        if fund.is_none() {
            tell(record, "fund", unknown_fund(programme, &row.fund));
        }
        let open = (Year(programme.about.open_from), programme.last_year());
        if !(open.0..=open.1).contains(&row.year) {
            tell(record, "year", not_open(row.year, open));
            continue;
        }
        let Some(fund) = fund.map(FundId::at) else {
            continue;
        };
        let twin = |own: &LateCut| own.fund == fund && own.year == row.year;
        if cuts.iter().any(twin) {
            tell(record, "year", twice(row));
            continue;
        }
        cuts.push(LateCut {
            fund,
            year: row.year,
            chance: row.chance,
            cut: row.cut,
        });
    }
    cuts
}

fn unknown_fund(programme: &Programme, code: &str) -> Fault {
    let known: Vec<&str> = programme
        .funds
        .iter()
        .map(|own| own.named.code.as_str())
        .collect();
    let known = known.join(", ");
    Fault::of(
        "cuts",
        phrase!(
            "chương trình này không có nguồn kinh phí “{code}”",
            "this programme has no fund “{code}”"
        ),
        phrase!(
            "các nguồn kinh phí của chương trình: {known}",
            "the programme's funds: {known}"
        ),
    )
}

fn not_open(year: Year, (first, last): (Year, Year)) -> Fault {
    Fault::of(
        "cuts",
        phrase!(
            "năm {year} không thuộc các năm còn được bố trí",
            "{year} is none of the years still open to decisions"
        ),
        phrase!(
            "hãy ghi một năm từ {first} đến {last}",
            "write a year from {first} to {last}"
        ),
    )
}

fn twice(row: &CutRecord) -> Fault {
    let (fund, year) = (&row.fund, row.year);
    Fault::of(
        "cuts",
        phrase!(
            "nguồn {fund} có hai dòng cắt giảm trong năm {year}",
            "the fund {fund} has two cuts in {year}"
        ),
        phrase!("hãy bỏ một dòng", "remove one of the rows"),
    )
}
