//! # Fund part · Tỷ lệ nguồn kinh phí của đề án
//!
//! Of the support of a selected project, funds of a level pay a part that lies between bounds; a
//! decision for another source is not admitted. The part is that of the source (a fund alone pays
//! all, a mix by its shares), not that of payments rounded to the đồng. `level=local` with
//! `at_least` is a least own share, `level=national` with `at_most` a largest national share. A
//! source without funds of the level pays a part of 0%: to ask only what national money joins, write
//! `select` as `level=national`. A commitment passes every gate.
//!
//! Tiếng Việt: trong mức hỗ trợ của một đề án thuộc bộ chọn, phần do các nguồn kinh phí của một cấp
//! chi nằm trong khoảng cho phép, như tỷ lệ tối thiểu của địa phương hoặc tỷ lệ tối đa của nguồn quốc
//! gia. Tỷ lệ là của nguồn (một nguồn chi toàn bộ, nguồn kết hợp theo các tỷ lệ của nó), không tính
//! theo số tiền đã làm tròn đến đồng; nguồn không có phần của cấp đó thì tỷ lệ là 0%. Đề án đã cam
//! kết thì không xét điều kiện này.
//!
//! ## Legal basis
//!
//! A choice of the planner: no document gives a number. Official Letter 3384/BCT-CTĐP (2022) asks
//! for harmony of local and central budget; Directive 20/CT-BCT (2025), task 2, for more local
//! money and for programmes to be combined.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `select` | which projects, a selector |
//! | `level` | the funds whose part is bounded: `national`, `local` or `combined` |
//! | `at_least` | the least part, as `40%`; blank: none |
//! | `at_most` | the largest part, as `60%`; blank: none |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,level,at_least,at_most,basis
//! ,national,,60%,
//! kind=pilot,local,40%,80%,
//! ```
//!
//! ## Worked example
//!
//! Beside the funds themselves, two mixes (dataset table `mixes`):
//!
//! ```mixes
//! mix,fund,share
//! sixty,national,60%
//! sixty,local,40%
//! seventy,national,70%
//! seventy,local,30%
//! ```
//!
//! ```decisions
//! passes   coffee-roaster:sixty@2026 under rule 1
//! refused  coffee-roaster:seventy@2026 under rule 1
//! refused  coffee-roaster:national@2026 under rule 1
//! passes   coffee-roaster:local@2026 under rule 1
//! passes   tea-line:sixty@2026 under rule 2
//! refused  tea-line:seventy@2026 under rule 2
//! refused  tea-line:local@2026 under rule 2
//! passes   coffee-roaster:national@2026 under rule 2
//! ```
//!
//! Rule 1: national money may pay 60 % exactly, not 70 % or all; local money alone has none of it.
//! Rule 2: the pilot needs 40 % of local money, exactly so in the first mix, but no more than 80 %;
//! the roaster is no pilot.

use super::{Gate, Reason, Verdict, label};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Decision;
use crate::programme::{Level, Programme};
use crate::quantities::Share;
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::Selector;

record! {
    /// Of a selected project's support, funds of `level` pay a part between bounds.
    pub struct FundPart {
        /// Which projects.
        select: Selector,
        /// The funds whose part is bounded.
        level: Level,
        /// The least part.
        at_least: Option<Share>,
        /// The largest part.
        at_most: Option<Share>,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

impl FundPart {
    fn money(&self) -> Phrase {
        match self.level {
            Level::National => phrase!("nguồn khuyến công quốc gia", "national money"),
            Level::Local => phrase!("nguồn khuyến công địa phương", "local money"),
            Level::Combined => phrase!("nguồn lồng ghép", "money combined from other programmes"),
        }
    }

    /// The part of the decision's support that funds of the level pay.
    fn part(&self, programme: &Programme, decision: &Decision) -> Share {
        let parts = programme.sources[decision.source.index()].parts.iter();
        let own = parts.filter(|(fund, _)| programme.funds[fund.index()].level == self.level);
        Share(own.map(|&(_, share)| share.0).sum())
    }

    fn fault(column: &str, cause: Phrase, remedy: Phrase) -> Fault {
        Fault::of("fund_part", cause, remedy).column(column)
    }
}

impl Gate for FundPart {
    fn label(&self) -> String {
        label("fund_part", &[&self.select.print(), self.level.word()])
    }

    fn sentence(&self) -> Phrase {
        let (money, selected) = (self.money(), self.select.phrase());
        let bounds = match (self.at_least, self.at_most) {
            (Some(least), Some(most)) => phrase!("từ {least} đến {most}", "{least} to {most}"; least, most),
            (Some(least), None) => phrase!("ít nhất {least}", "at least {least}"; least),
            (None, Some(most)) => phrase!("nhiều nhất {most}", "at most {most}"; most),
            (None, None) => phrase!("một phần tùy ý", "any part"),
        };
        phrase!(
            "Đối với {selected}, {money} chi {bounds} mức hỗ trợ của mỗi đề án.",
            "For {selected}, {money} pays {bounds} of each project's support.";
            selected, money, bounds
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let mut faults = self.select.faults(programme);
        match (self.at_least, self.at_most) {
            (None, None) => faults.push(Self::fault(
                "at_least",
                phrase!("điều kiện không yêu cầu gì", "the gate asks for nothing"),
                phrase!("hãy ghi at_least hoặc at_most", "write at_least or at_most"),
            )),
            (Some(least), Some(most)) if least > most => faults.push(Self::fault(
                "at_least",
                phrase!(
                    "tỷ lệ tối thiểu {least} lớn hơn tỷ lệ tối đa {most}",
                    "the least part of {least} is above the largest of {most}"; least, most
                ),
                phrase!("hãy sửa một trong hai tỷ lệ", "mend one of the two shares"),
            )),
            _ => {}
        }
        let has_fund = programme.funds.iter().any(|fund| fund.level == self.level);
        let needs_fund = self.at_least.is_some_and(|least| least > Share(0));
        if needs_fund && !has_fund {
            let level = self.level.word();
            faults.push(Self::fault(
                "level",
                phrase!(
                    "chương trình này không có nguồn kinh phí nào thuộc cấp “{level}”",
                    "this programme has no fund of the level “{level}”"
                ),
                phrase!(
                    "hãy sửa level, hoặc bỏ điều kiện này đối với chương trình này",
                    "mend the level, or leave the gate out for this programme"
                ),
            ));
        }
        faults
    }

    fn judge(&self, programme: &Programme, decision: &Decision) -> Verdict {
        if !self.select.selects(programme, decision) {
            return Verdict::Passes;
        }
        let (part, money) = (self.part(programme, decision), self.money());
        let sentence = match (self.at_least, self.at_most) {
            (Some(least), _) if part < least => phrase!(
                "{money} chỉ chi {part} mức hỗ trợ, dưới mức tối thiểu {least}",
                "{money} pays only {part} of the support, below the least of {least}";
                money, part, least
            ),
            (_, Some(most)) if part > most => phrase!(
                "{money} chi {part} mức hỗ trợ, vượt mức tối đa {most}",
                "{money} pays {part} of the support, above the largest part of {most}";
                money, part, most
            ),
            _ => return Verdict::Passes,
        };
        Verdict::Refused(Reason {
            code: "fund_part".to_owned(),
            sentence,
            remedy: phrase!(
                "chọn nguồn khác, hoặc thêm vào bảng mixes một cơ cấu nguồn đáp ứng tỷ lệ này",
                "choose another source, or add to table mixes a mix that keeps to the bounds"
            ),
        })
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Gate>> {
        let mut looser = self.clone();
        looser.at_least = self.at_least.map(|least| Share((least.0 - 500).max(0)));
        looser.at_most = self.at_most.map(|most| Share((most.0 + 500).min(Share::WHOLE)));
        (looser != *self).then(|| Box::new(looser) as Box<dyn Gate>)
    }
}
