//! The weights of criteria, given in one of three ways: as numbers (`weights.csv`), by a rank order
//! (`ranks.csv`), by comparisons of pairs (`pairs.csv`).
//!
//! Criteria that the table does not name weigh nothing. A rank order becomes rank-order centroid
//! weights, comparisons become the principal eigenvector of their matrix (AHP): see
//! [`weighing`](crate::weighing).

use crate::phrase;
use crate::phrase::{Language, Phrase, Said, grouped};
use crate::quantities::plain;
use crate::record;
use crate::record::{Fault, Record, Table};
use crate::weighing::{MOST_RANKED, rank_order_centroid};

mod pairs;

use pairs::compared;
pub use pairs::{PairRecord, Times};

record! {
    /// The weight of a criterion (table `weights`); a criterion not listed weighs nothing.
    pub struct WeightRecord {
        /// The criterion's code.
        criterion: String,
        /// Its weight; only proportions matter.
        weight: i64,
    }
}

record! {
    /// The rank of a criterion (table `ranks`); a criterion not listed weighs nothing.
    pub struct RankRecord {
        /// The criterion's code.
        criterion: String,
        /// Its rank, 1 the most important; equal ranks share the mean of their places.
        rank: i64,
    }
}

/// How weights were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// Given as numbers.
    Given,
    /// From a rank order.
    Ranked,
    /// From comparisons of pairs.
    Compared {
        /// The consistency ratio, in ten-thousandths.
        ratio: i64,
        /// Why the policy accepts a ratio above 0.10, where it does.
        accepted: Option<String>,
    },
}

impl Made {
    /// The table that the weights were made from.
    #[must_use]
    pub fn table(&self) -> &'static str {
        match self {
            Made::Given => "weights",
            Made::Ranked => "ranks",
            Made::Compared { .. } => "pairs",
        }
    }

    /// Whether they were made from comparisons that contradict each other, which the policy accepts.
    #[must_use]
    pub fn is_accepted_contradiction(&self) -> bool {
        matches!(
            self,
            Made::Compared {
                accepted: Some(_),
                ..
            }
        )
    }

    /// How the weights were made, in a sentence.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Made::Given => phrase!(
                "Trọng số do chính sách ghi trực tiếp (weights.csv).",
                "The policy gives the weights as numbers (weights.csv)."
            ),
            Made::Ranked => phrase!(
                "Trọng số tính từ thứ tự ưu tiên của các tiêu chí (ranks.csv) theo phương pháp trọng tâm thứ hạng ROC: tiêu chí đứng thứ i trong n nặng (1/n)·(1/i + … + 1/n).",
                "The weights come from the order of the criteria (ranks.csv), as rank-order centroids: the one in place i of n weighs (1/n)·(1/i + … + 1/n)."
            ),
            Made::Compared { ratio, accepted } => {
                let ratio = Decimal(*ratio, 4);
                let made = phrase!(
                    "Trọng số tính từ so sánh từng cặp tiêu chí (pairs.csv) theo phương pháp AHP; tỷ số nhất quán CR = {ratio}.",
                    "The weights come from comparisons of pairs of criteria (pairs.csv) by AHP; consistency ratio CR = {ratio}.";
                    ratio
                );
                match accepted {
                    None => made,
                    Some(reason) => phrase!(
                        "{made} Vượt mức 0,10 nhưng được chấp nhận vì: {reason}",
                        "{made} It is above 0.10 and accepted because: {reason}"; made
                    ),
                }
            }
        }
    }
}

/// A whole number of 10^-places, as it is written in a sentence.
#[derive(Debug, Clone, Copy)]
struct Decimal(i64, u32);

impl Said for Decimal {
    fn said(&self, language: Language) -> String {
        grouped(&plain(self.0, self.1), language)
    }
}

/// The weights of criteria, and how they were made.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// The weight of each criterion that the table names, in the order of first mention; only
    /// proportions matter.
    pub criteria: Vec<WeightRecord>,
    /// How they were made.
    pub made: Made,
    table: Table,
}

impl Weights {
    /// The tables by which weights can be given: exactly one of them.
    pub const TABLES: [&'static str; 3] = ["weights", "ranks", "pairs"];

    /// Weights given as numbers.
    #[must_use]
    pub fn given(criteria: Vec<WeightRecord>) -> Weights {
        let table = Table::of("weights", &criteria);
        Weights {
            criteria,
            made: Made::Given,
            table,
        }
    }

    /// The weights of the one table among `tables`; `accepted` is why comparisons are accepted that
    /// contradict each other.
    ///
    /// # Errors
    /// No table or several; a criterion that stands twice; comparisons that are missing, or that
    /// contradict each other too much.
    pub fn read(tables: &[Table], accepted: Option<&str>) -> Result<Weights, Vec<Fault>> {
        let [table] = tables else {
            return Err(vec![not_one(tables)]);
        };
        if let Some(fault) = nothing_to_accept(table, accepted) {
            return Err(vec![fault]);
        }
        let (criteria, made) = match table.name.as_str() {
            "ranks" => (ranked(table)?, Made::Ranked),
            "pairs" => compared(table, accepted)?,
            _ => (given(table)?, Made::Given),
        };
        Ok(Weights {
            criteria,
            made,
            table: table.clone(),
        })
    }

    /// A fault of the table as a whole.
    pub(super) fn fault(&self, cause: Phrase, remedy: Phrase) -> Fault {
        self.table.fault(cause, remedy)
    }

    /// A fault in the first row that names `criterion`.
    pub(super) fn fault_of(&self, criterion: &str, cause: Phrase, remedy: Phrase) -> Fault {
        let fault = self.fault(cause, remedy);
        for (record, row) in self.table.rows.iter().enumerate() {
            let mut cells = self.table.columns.iter().zip(row);
            let found = cells.find(|(column, cell)| {
                matches!(column.as_str(), "criterion" | "over") && *cell == criterion
            });
            if let Some((column, _)) = found {
                return fault.at(record).column(column).located(&self.table);
            }
        }
        fault
    }
}

fn not_one(tables: &[Table]) -> Fault {
    let names: Vec<_> = tables.iter().map(|table| table.file.as_str()).collect();
    let (names, all) = (
        names.join(", "),
        Weights::TABLES.map(|name| format!("{name}.csv")),
    );
    let all = all.join(", ");
    let cause = if tables.is_empty() {
        phrase!(
            "thiếu trọng số của các tiêu chí: không có tệp nào trong {all}",
            "the criteria have no weights: there is none of {all}"
        )
    } else {
        phrase!(
            "trọng số được cho hai lần trở lên: {names}",
            "weights are given more than once: {names}"
        )
    };
    Fault::of(
        "weights.csv",
        cause,
        phrase!(
            "hãy giữ đúng một tệp: weights.csv (criterion,weight), ranks.csv (criterion,rank) hoặc pairs.csv (criterion,over,times)",
            "keep exactly one: weights.csv (criterion,weight), ranks.csv (criterion,rank) or pairs.csv (criterion,over,times)"
        ),
    )
}

fn nothing_to_accept(table: &Table, accepted: Option<&str>) -> Option<Fault> {
    let reason = accepted?;
    let cause = if table.name != "pairs" {
        phrase!(
            "consistency_accepted chỉ dùng khi trọng số được cho bằng pairs.csv",
            "consistency_accepted is for weights given by pairs.csv alone"
        )
    } else if reason.trim().is_empty() {
        phrase!(
            "consistency_accepted để trống",
            "consistency_accepted is blank"
        )
    } else {
        return None;
    };
    let remedy = phrase!(
        "hãy ghi lý do, hoặc bỏ dòng này",
        "give the reason, or remove the line"
    );
    Some(Fault::of("model.toml", cause, remedy).column("consistency_accepted"))
}

/// The records of a table that names each criterion once, by `code`.
fn once<R: Record>(table: &Table, code: fn(&R) -> &str) -> Result<Vec<R>, Vec<Fault>> {
    let records: Vec<R> = table.records()?;
    let mut faults = Vec::new();
    for (record, own) in records.iter().enumerate() {
        let name = code(own);
        if records[..record].iter().any(|other| code(other) == name) {
            faults.push(at(
                table,
                record,
                "criterion",
                phrase!(
                    "tiêu chí “{name}” xuất hiện hai lần",
                    "the criterion “{name}” stands twice"
                ),
                phrase!("hãy bỏ một dòng", "remove one of the rows"),
            ));
        }
    }
    if faults.is_empty() {
        Ok(records)
    } else {
        Err(faults)
    }
}

fn at(table: &Table, record: usize, column: &str, cause: Phrase, remedy: Phrase) -> Fault {
    table
        .fault(cause, remedy)
        .at(record)
        .column(column)
        .located(table)
}

fn given(table: &Table) -> Result<Vec<WeightRecord>, Vec<Fault>> {
    once(table, |own: &WeightRecord| &own.criterion)
}

fn ranked(table: &Table) -> Result<Vec<WeightRecord>, Vec<Fault>> {
    let records: Vec<RankRecord> = once(table, |own: &RankRecord| &own.criterion)?;
    if records.len() > MOST_RANKED {
        return Err(vec![too_many(table, MOST_RANKED)]);
    }
    let mut faults = Vec::new();
    for (record, own) in records.iter().enumerate() {
        if own.rank == 0 {
            faults.push(at(
                table,
                record,
                "rank",
                phrase!("thứ hạng bằng 0", "the rank is 0"),
                phrase!(
                    "thứ hạng bắt đầu từ 1, quan trọng nhất",
                    "ranks start at 1, the most important"
                ),
            ));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let ranks: Vec<i64> = records.iter().map(|own| own.rank).collect();
    let weights = rank_order_centroid(&ranks);
    Ok(weighed(
        records.into_iter().map(|own| own.criterion),
        weights,
    ))
}

fn too_many(table: &Table, most: usize) -> Fault {
    table.fault(
        phrase!(
            "có hơn {most} tiêu chí",
            "there are more than {most} criteria"
        ),
        phrase!(
            "hãy gộp tiêu chí, hoặc ghi trọng số trực tiếp trong weights.csv",
            "join criteria, or give weights as numbers in weights.csv"
        ),
    )
}

fn weighed(codes: impl Iterator<Item = String>, weights: Vec<i64>) -> Vec<WeightRecord> {
    let records = codes.zip(weights);
    records
        .map(|(criterion, weight)| WeightRecord { criterion, weight })
        .collect()
}
