//! Places, money and law: the tables that candidates refer to.

use super::Directory;
use crate::phrase;
use crate::phrase::Phrase;
use crate::programme::resolve::Place;
use crate::programme::{ActivityId, Area, Eligibility, Facts, FundId, Named, Norm, Unit, ZoneId};
use crate::quantities::{Money, Year};
use crate::record::Fault;

pub(super) fn named(code: &str, vi: &str, en: &str) -> Named {
    Named {
        code: code.to_owned(),
        name: Phrase::new(vi, en),
    }
}

pub(super) fn areas(facts: &Facts, directory: &Directory) -> Vec<Area> {
    let area = |record: &crate::programme::AreaRecord| Area {
        name: record.area.clone(),
        zone: ZoneId::at(directory.zones[record.zone.as_str()]),
        class: record.class,
        km2: record.km2,
        code: record.code.clone(),
        people: record.people,
    };
    facts.areas.iter().map(area).collect()
}

pub(super) fn units(facts: &Facts) -> Vec<Unit> {
    let unit = |record: &crate::programme::ImplementerRecord| Unit {
        named: named(&record.unit, &record.name_vi, &record.name_en),
        most_open: record.most_open,
        staff_months: record.staff_months,
    };
    facts.implementers.iter().map(unit).collect()
}

/// The ceilings: a row a fund, a column a year; and those for the whole programme.
#[derive(Default)]
pub(super) struct Ceilings {
    pub years: Vec<Vec<Money>>,
    pub whole: Vec<Option<Money>>,
}

pub(super) fn ceilings(
    facts: &Facts,
    directory: &Directory,
    years: &[Year],
    faults: &mut Vec<Fault>,
) -> Ceilings {
    let mut grid = vec![vec![None; years.len()]; facts.funds.len()];
    let mut whole = vec![None; facts.funds.len()];
    for (record, row) in facts.ceilings.iter().enumerate() {
        let place = |column| Place {
            table: "ceilings",
            record,
            column,
        };
        let fund = directory.funds.find(&row.fund, &place("fund"), faults);
        let position = match row.year {
            None => None,
            Some(year) => {
                let position = year.since(years[0]).filter(|&at| at < years.len());
                if position.is_none() {
                    faults.push(outside(year, &place("year"), years));
                    continue;
                }
                position
            }
        };
        let Some(fund) = fund else { continue };
        let cell = match position {
            Some(position) => &mut grid[fund][position],
            None => &mut whole[fund],
        };
        if cell.replace(row.amount).is_some() {
            let fund = &row.fund;
            let when = row.year.map_or_else(
                || phrase!("cả chương trình", "the whole programme"),
                |year| Phrase::same(year.to_string()),
            );
            faults.push(place("year").fault(
                phrase!(
                    "trần của {fund} cho {when} có hai dòng",
                    "{fund} has two ceilings for {when}"; when
                ),
                phrase!("hãy bỏ một dòng", "remove one of the rows"),
            ));
        }
    }
    for (fund, row) in facts.funds.iter().zip(&grid) {
        let missing = row.iter().zip(years).filter(|(amount, _)| amount.is_none());
        for (_, year) in missing {
            let fund = &fund.fund;
            faults.push(Fault::of(
                "ceilings",
                phrase!(
                    "thiếu trần của {fund} năm {year}",
                    "{fund} has no ceiling for {year}"
                ),
                phrase!(
                    "hãy thêm dòng {fund},{year},số tiền (0 nếu không có)",
                    "add a row {fund},{year},amount (0 if there is none)"
                ),
            ));
        }
    }
    let amount = |amount: Option<Money>| amount.unwrap_or_default();
    Ceilings {
        years: grid
            .into_iter()
            .map(|row| row.into_iter().map(amount).collect())
            .collect(),
        whole,
    }
}

/// The fault of a year outside the programme.
pub(super) fn outside(year: Year, place: &Place, years: &[Year]) -> Fault {
    let (first, last) = (years[0], years[years.len() - 1]);
    place.fault(
        phrase!(
            "năm {year} nằm ngoài chương trình",
            "{year} is outside the programme"
        ),
        phrase!(
            "hãy viết một năm từ {first} đến {last}",
            "write a year from {first} to {last}"
        ),
    )
}

pub(super) fn eligibility(
    facts: &Facts,
    directory: &Directory,
    faults: &mut Vec<Fault>,
) -> Vec<Eligibility> {
    let mut rows = Vec::new();
    for (record, row) in facts.eligibility.iter().enumerate() {
        let place = |column| Place {
            table: "eligibility",
            record,
            column,
        };
        let fund = directory.funds.find(&row.fund, &place("fund"), faults);
        let activity = row.activity.as_deref().map(|code| {
            directory
                .activities
                .find(code, &place("activity"), faults)
                .unwrap_or_default()
        });
        if let Some(fund) = fund {
            rows.push(Eligibility {
                fund: FundId::at(fund),
                activity: activity.map(ActivityId::at),
                class: row.area_class,
                kind: row.kind,
            });
        }
    }
    rows
}

pub(super) fn norms(facts: &Facts, directory: &Directory, faults: &mut Vec<Fault>) -> Vec<Norm> {
    let mut norms = Vec::new();
    for (record, row) in facts.norms.iter().enumerate() {
        let place = |column| Place {
            table: "norms",
            record,
            column,
        };
        let activity = directory
            .activities
            .find(&row.activity, &place("activity"), faults);
        let validity = (row.valid_from, row.valid_to);
        reversed(validity, &place("valid_to"), faults);
        let clash = facts.norms[..record].iter().position(|other| {
            other.activity == row.activity
                && other.territory == row.territory
                && overlap(validity, (other.valid_from, other.valid_to))
        });
        if let Some(other) = clash {
            overlapping(other, &place("valid_from"), faults);
        }
        if let Some(activity) = activity {
            norms.push(Norm {
                activity: ActivityId::at(activity),
                territory: row.territory,
                percent: row.percent,
                cap: row.cap,
                per: row.per.clone(),
                difficult_factor: row.difficult_factor,
                valid_from: row.valid_from,
                valid_to: row.valid_to,
                document: row.document.clone(),
            });
        }
    }
    norms
}

pub(super) fn definitions(facts: &Facts, faults: &mut Vec<Fault>) {
    for (record, row) in facts.definitions.iter().enumerate() {
        let place = |column| Place {
            table: "definitions",
            record,
            column,
        };
        let validity = (row.valid_from, row.valid_to);
        reversed(validity, &place("valid_to"), faults);
        let clash = facts.definitions[..record].iter().position(|other| {
            other.kind == row.kind && overlap(validity, (other.valid_from, other.valid_to))
        });
        if let Some(other) = clash {
            overlapping(other, &place("valid_from"), faults);
        }
    }
}

type Validity = (crate::quantities::Date, Option<crate::quantities::Date>);

fn overlap(one: Validity, other: Validity) -> bool {
    one.1.is_none_or(|to| other.0 <= to) && other.1.is_none_or(|to| one.0 <= to)
}

fn reversed(validity: Validity, place: &Place, faults: &mut Vec<Fault>) {
    if validity.1.is_some_and(|to| to < validity.0) {
        faults.push(place.fault(
            phrase!(
                "hết hiệu lực trước khi có hiệu lực",
                "it ends before it begins"
            ),
            phrase!("hãy sửa một trong hai ngày", "mend one of the two dates"),
        ));
    }
}

fn overlapping(other: usize, place: &Place, faults: &mut Vec<Fault>) {
    let other = other + 2;
    faults.push(place.fault(
        phrase!(
            "thời gian hiệu lực chồng lên dòng {other}",
            "its time in force overlaps row {other}"
        ),
        phrase!(
            "hãy ghi ngày hết hiệu lực (valid_to) của văn bản cũ",
            "give the older document its last day (valid_to)"
        ),
    ));
}
