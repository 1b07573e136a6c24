//! Comparisons of pairs (`pairs.csv`): one for every pair, and not too contradictory.

use super::{Decimal, Made, WeightRecord, at, too_many, weighed};
use crate::phrase;
use crate::phrase::Phrase;
use crate::record;
use crate::record::{Cell, Fault, Table};
use crate::weighing::{Comparison, MOST_COMPARED, Priorities, priorities};

/// A consistency ratio above this, in ten-thousandths, is refused (Saaty 1980).
const MOST_INCONSISTENT: i64 = 1_000;

record! {
    /// A comparison of two criteria (table `pairs`): one row for every pair.
    pub struct PairRecord {
        /// The code of one criterion.
        criterion: String,
        /// The code of the other.
        over: String,
        /// How many times as important the first is.
        times: Times,
    }
}

/// How many times as important one criterion is as another: 1 to 9, or a fraction of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// Numerator, 1 to 9.
    pub times: u32,
    /// Denominator, 1 to 9.
    pub of: u32,
}

impl Cell for Times {
    const ALLOWED: &'static str = "a whole number from 1 to 9, or a fraction of them, as `1/3`";

    fn parse(text: &str) -> Result<Self, Phrase> {
        let (times, of) = text.split_once('/').unwrap_or((text, "1"));
        let part = |text: &str| text.trim().parse().ok().filter(|own| (1..=9).contains(own));
        match (part(times), part(of)) {
            (Some(times), Some(of)) => Ok(Times { times, of }),
            _ => Err(phrase!(
                "“{text}” không phải là số nguyên từ 1 đến 9 hay phân số như 1/3",
                "“{text}” is neither a whole number from 1 to 9 nor a fraction as 1/3"
            )),
        }
    }

    fn print(&self) -> String {
        match self.of {
            1 => self.times.to_string(),
            of => format!("{}/{of}", self.times),
        }
    }
}

/// The weights that the comparisons of `table` make; `accepted` is why they may contradict.
pub(super) fn compared(
    table: &Table,
    accepted: Option<&str>,
) -> Result<(Vec<WeightRecord>, Made), Vec<Fault>> {
    let records: Vec<PairRecord> = table.records()?;
    let mut codes: Vec<&str> = Vec::new();
    for code in records.iter().flat_map(|own| [&own.criterion, &own.over]) {
        if !codes.contains(&code.as_str()) {
            codes.push(code);
        }
    }
    if codes.len() > MOST_COMPARED {
        return Err(vec![too_many(table, MOST_COMPARED)]);
    }
    let place = |code: &String| codes.iter().position(|own| own == code).unwrap_or_default();
    let comparison = |own: &PairRecord| Comparison {
        first: place(&own.criterion),
        second: place(&own.over),
        times: own.times.times,
        of: own.times.of,
    };
    let comparisons: Vec<Comparison> = records.iter().map(comparison).collect();
    let faults = not_every_pair(table, &codes, &comparisons);
    if !faults.is_empty() {
        return Err(faults);
    }
    let found = priorities(codes.len(), &comparisons).unwrap_or_default();
    let is_refused = found.ratio > MOST_INCONSISTENT;
    if is_refused && accepted.is_none() {
        return Err(vec![inconsistent(table, &records, &found)]);
    }
    let made = Made::Compared {
        ratio: found.ratio,
        accepted: accepted.filter(|_| is_refused).map(str::to_owned),
    };
    let codes = codes.into_iter().map(str::to_owned);
    Ok((weighed(codes, found.weights), made))
}

/// Pairs that are no pair, that stand twice, that are missing.
fn not_every_pair(table: &Table, codes: &[&str], comparisons: &[Comparison]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let is = |own: &Comparison, one: usize, other: usize| {
        (own.first, own.second) == (one, other) || (own.second, own.first) == (one, other)
    };
    for (record, own) in comparisons.iter().enumerate() {
        let (one, other) = (codes[own.first], codes[own.second]);
        let before = comparisons[..record].iter();
        if own.first == own.second {
            faults.push(at(
                table,
                record,
                "over",
                phrase!(
                    "“{one}” được so sánh với chính nó",
                    "“{one}” is compared with itself"
                ),
                phrase!("hãy bỏ dòng này", "remove the row"),
            ));
        } else if before
            .into_iter()
            .any(|earlier| is(earlier, own.first, own.second))
        {
            faults.push(at(
                table,
                record,
                "over",
                phrase!(
                    "cặp “{one}” – “{other}” được so sánh hai lần",
                    "“{one}” and “{other}” are compared twice"
                ),
                phrase!(
                    "mỗi cặp chỉ một dòng, theo chiều nào cũng được: hãy bỏ một dòng",
                    "a pair has one row, in either direction: remove one of them"
                ),
            ));
        }
    }
    for (first, one) in codes.iter().enumerate() {
        for (second, other) in codes.iter().enumerate().skip(first + 1) {
            if !comparisons.iter().any(|own| is(own, first, second)) {
                faults.push(table.fault(
                    phrase!(
                        "chưa so sánh “{one}” với “{other}”",
                        "“{one}” and “{other}” are not compared"
                    ),
                    phrase!(
                        "hãy thêm một dòng {one},{other},…: mỗi cặp tiêu chí có đúng một dòng",
                        "add a row {one},{other},…: every pair of criteria has exactly one"
                    ),
                ));
            }
        }
    }
    faults
}

fn inconsistent(table: &Table, records: &[PairRecord], found: &Priorities) -> Fault {
    let record = found.worst.unwrap_or_default();
    let worst = &records[record];
    let (one, other, times) = (&worst.criterion, &worst.over, worst.times.print());
    let (ratio, implied) = (Decimal(found.ratio, 4), Decimal(found.implied, 2));
    at(
        table,
        record,
        "times",
        phrase!(
            "các so sánh mâu thuẫn với nhau: CR = {ratio}, lớn hơn 0,10. Lệch nhất là “{one}” so với “{other}”: ghi {times} lần, trong khi trọng số tính từ mọi so sánh cho khoảng {implied} lần",
            "the comparisons contradict each other: CR = {ratio}, above 0.10. Furthest off is “{one}” over “{other}”: given as {times} times, while the weights made of all comparisons say about {implied}";
            ratio, implied
        ),
        phrase!(
            "hãy xem lại so sánh này trước, rồi các so sánh khác của hai tiêu chí; nếu vẫn giữ, hãy ghi lý do vào model.toml, mục [benefit]: consistency_accepted = \"…\"",
            "think this comparison over first, then the others of the two criteria; to keep them as they are, give the reason in model.toml, [benefit]: consistency_accepted = \"…\""
        ),
    )
}
