//! Funds, and the sources of payment that they make: each alone, and mixes.

use super::Directory;
use super::framework::named;
use crate::phrase;
use crate::programme::resolve::Place;
use crate::programme::{CarryOver, Facts, Fund, FundId, FundRecord, Source};
use crate::quantities::Share;
use crate::record::Fault;

pub(super) fn funds(facts: &Facts, faults: &mut Vec<Fault>) -> Vec<Fund> {
    let mut funds = Vec::new();
    for (record, row) in facts.funds.iter().enumerate() {
        let place = |column| Place {
            table: "funds",
            record,
            column,
        };
        funds.push(Fund {
            named: named(&row.fund, &row.name_vi, &row.name_en),
            level: row.level,
            management: row.management.unwrap_or_default(),
            carry_over: carry_over(row, &place, faults),
            repaid: row.repaid.clone().map(|own| own.0).unwrap_or_default(),
        });
    }
    funds
}

fn carry_over(
    row: &FundRecord,
    place: &impl Fn(&'static str) -> Place,
    faults: &mut Vec<Fault>,
) -> Option<CarryOver> {
    let carries = row.carried_over.is_some_and(|share| share > Share(0));
    if carries != row.expires_after.is_some_and(|years| years > 0) {
        faults.push(place("expires_after").fault(
            phrase!(
                "carried_over và expires_after phải cùng có giá trị lớn hơn 0, hoặc cùng để trống",
                "carried_over and expires_after are both given, above 0, or both blank"
            ),
            phrase!(
                "hãy ghi tỷ lệ được chuyển nguồn và số năm được chuyển, hoặc xóa cả hai (kinh phí không chi hết thì hủy)",
                "write the part carried over and for how many years, or clear both (what is unspent lapses)"
            ),
        ));
    }
    let said = row.repayments_carry.is_some();
    if said != (carries && row.repaid.is_some()) {
        faults.push(place("repayments_carry").fault(
            phrase!(
                "repayments_carry chỉ có giá trị khi nguồn vừa được thu hồi vừa được chuyển nguồn",
                "repayments_carry is given where a fund is repaid and carries over, and only there"
            ),
            phrase!(
                "hãy ghi yes hoặc no: kinh phí thu hồi chưa chi có được chuyển sang năm sau không",
                "write yes or no: whether repayments not spent are carried over"
            ),
        ));
    }
    let share = row.carried_over.filter(|_| carries)?;
    Some(CarryOver {
        share,
        years: usize::try_from(row.expires_after?).unwrap_or(usize::MAX),
        of_repayments: row.repayments_carry.unwrap_or(false),
    })
}

/// Each fund alone, then each mix, in the order of their tables.
pub(super) fn sources(
    facts: &Facts,
    directory: &Directory,
    faults: &mut Vec<Fault>,
) -> Vec<Source> {
    let alone = |(position, record): (usize, &FundRecord)| Source {
        code: record.fund.clone(),
        parts: vec![(FundId::at(position), Share(Share::WHOLE))],
    };
    let mut sources: Vec<Source> = facts.funds.iter().enumerate().map(alone).collect();
    let of_funds = sources.len();
    let mut first_rows = Vec::new();
    for (record, row) in facts.mixes.iter().enumerate() {
        let place = |column| Place {
            table: "mixes",
            record,
            column,
        };
        let Some(fund) = directory.funds.find(&row.fund, &place("fund"), faults) else {
            continue;
        };
        if directory.funds.get(&row.mix).is_some() {
            faults.push(place("mix").fault(
                phrase!(
                    "mã này đã là mã của một nguồn kinh phí",
                    "this is the code of a fund already"
                ),
                phrase!(
                    "hãy đặt mã khác cho nguồn kết hợp",
                    "give the mix another code"
                ),
            ));
        }
        let part = (FundId::at(fund), row.share);
        let mixes = &mut sources[of_funds..];
        match mixes.iter_mut().find(|source| source.code == row.mix) {
            Some(source) if source.parts.iter().any(|&(own, _)| own == part.0) => {
                faults.push(place("fund").fault(
                    phrase!(
                        "nguồn này đã có trong nguồn kết hợp",
                        "the mix has this fund already"
                    ),
                    phrase!("hãy gộp hai dòng", "join the two rows"),
                ));
            }
            Some(source) => source.parts.push(part),
            None => {
                first_rows.push(record);
                sources.push(Source {
                    code: row.mix.clone(),
                    parts: vec![part],
                });
            }
        }
    }
    for (source, record) in sources[of_funds..].iter().zip(first_rows) {
        let sum: i64 = source.parts.iter().map(|(_, share)| share.0).sum();
        let is_whole = sum == Share::WHOLE && source.parts.iter().all(|(_, share)| share.0 > 0);
        if !is_whole {
            let (mix, sum) = (&source.code, Share(sum));
            let place = Place {
                table: "mixes",
                record,
                column: "share",
            };
            faults.push(place.fault(
                phrase!(
                    "các phần của {mix} cộng lại được {sum}, không phải 100% với mọi phần lớn hơn 0",
                    "the parts of {mix} come to {sum}, not to 100% with each above 0"; sum
                ),
                phrase!("hãy sửa các tỷ lệ", "mend the shares"),
            ));
        }
    }
    sources
}
