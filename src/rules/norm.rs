//! # Norm · Mức chi
//!
//! The support of each content keeps to the norm in force: at most a percentage of its total cost,
//! and at most a cap for each unit of its quantity. In force is the norm of the first day of the
//! start year (the first one of that year if none is): the nation's for national money, the
//! province's, else the nation's, for other money (a norm of the province that comes into force
//! during the start year goes before the nation's). Two norms of one activity and territory may not
//! be in force on the same day.
//!
//! Where a document raises its cap for difficult areas, the factor counts in areas known to be
//! difficult or specially difficult; in one of unknown class it does not. Paid by a mix of funds, a
//! content keeps the norm of each of them. A policy may cut a candidate to its norm instead of
//! refusing it (`above_norm = "cut"` in `model.toml`); it is then shown as cut.
//!
//! An unknown total cost leaves the percentage unchecked: the decision passes with a doubt, which
//! is reported. An activity without a norm passes with a doubt as well.
//!
//! Tiếng Việt: mức hỗ trợ của từng nội dung không vượt mức chi quy định: một tỷ lệ của tổng kinh phí,
//! và mức tối đa nhân với số lượng. Áp dụng mức chi có hiệu lực vào ngày đầu của năm bắt đầu (nếu
//! chưa có thì mức chi đầu tiên có hiệu lực trong năm đó): kinh phí quốc gia theo mức chi của trung
//! ương; kinh phí khác theo mức chi của tỉnh, nếu tỉnh không có thì theo mức chi của trung ương. Nơi
//! văn bản nâng mức tối đa cho địa bàn khó khăn thì hệ số chỉ tính cho địa bàn đã biết là khó khăn;
//! nội dung do nhiều nguồn cùng chi phải đáp ứng mức chi của từng nguồn. Chính sách có thể giảm đề án
//! xuống mức chi thay vì loại, và khi đó ghi rõ phần giảm. Chưa biết tổng kinh phí hoặc chưa có mức
//! chi thì đề án vẫn được xét và ghi là cần xác minh.
//!
//! ## Legal basis
//!
//! Circular 28/2018/TT-BTC, article 8, and the resolutions of the provinces' People's Councils; the
//! document of each norm is in the table. Circular 139/2026/TT-BTC of 25 September 2026 changes the
//! rules on money; its text was not seen.
//!
//! ## Table
//!
//! Dataset table `norms`.
//!
//! ```csv
//! activity,territory,percent,cap,per,difficult_factor,valid_from,valid_to,document
//! machinery,nation,50%,200,establishment,,2019-01-01,,example
//! machinery,province,30%,100,establishment,1.5,2027-01-01,,example
//! trademark,nation,,35,trademark,,2019-01-01,,example
//! ```
//!
//! ## Worked example
//!
//! ```decisions
//! passes   coffee-roaster@2026
//! refused  coffee-roaster@2027
//! passes   coffee-roaster:national@2027
//! doubted  training@2026
//! passes   tea-line@2027
//! refused  tea-dryer@2027
//! ```
//!
//! The roaster asks 200 of 400: 50 % and the cap exactly. From 2027 on the province allows 30 % of
//! its own money. The training has no norm. From 2027 on two machines of the tea line may have
//! 2 × 100 × 1.5 = 300 in its difficult area, and 30 % of 800 is 240, as asked; 30 % of the dryer's
//! 240 is 72, less than its 100.

use super::{Gate, Reason, Verdict};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Decision;
use crate::programme::{Class, Content, Level, Programme};
use crate::quantities::Year;
use crate::record::{Fault, Known};

/// The support of each content keeps to the norm in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Norm;

fn reason(sentence: Phrase, remedy: Phrase) -> Reason {
    Reason {
        code: "norm".to_owned(),
        sentence,
        remedy,
    }
}

fn judge_content(
    programme: &Programme,
    class: Option<Class>,
    content: &Content,
    level: Level,
    start: Year,
) -> Verdict {
    let activity = &programme.activities[content.activity.index()].name;
    let support = content.support;
    let Some(norm) = programme.norm(content.activity, level, start) else {
        return Verdict::Doubted(reason(
            phrase!(
                "không có mức chi cho {activity} trong năm {start}",
                "no norm is known for {activity} in {start}";
                activity, start
            ),
            phrase!("bổ sung mức chi vào bảng norms", "add the norm to table norms"),
        ));
    };
    let document = &norm.document;
    if let Some(most) = norm.capped(content.quantity, class)
        && support > most
    {
            return Verdict::Refused(reason(
                phrase!(
                    "mức hỗ trợ {support} cho {activity} vượt mức tối đa {most} ({document})",
                    "the support of {support} for {activity} exceeds the cap of {most} ({document})";
                    support, activity, most, document
                ),
                phrase!("giảm mức hỗ trợ xuống {most}", "cut the support to {most}"; most),
            ));
    }
    let Some(percent) = norm.percent else {
        return Verdict::Passes;
    };
    let Known::Is(cost) = content.total_cost else {
        return Verdict::Doubted(reason(
            phrase!(
                "chưa biết tổng kinh phí của {activity}, nên chưa kiểm tra được tỷ lệ {percent}",
                "the total cost of {activity} is unknown, so {percent} of it cannot be checked";
                activity, percent
            ),
            phrase!("ghi tổng kinh phí", "give the total cost"),
        ));
    };
    let most = norm.part_of(cost).unwrap_or(cost);
    if support > most {
        return Verdict::Refused(reason(
            phrase!(
                "mức hỗ trợ {support} cho {activity} vượt {percent} của tổng kinh phí {cost} ({document})",
                "the support of {support} for {activity} exceeds {percent} of its total cost of {cost} ({document})";
                support, activity, percent, cost, document
            ),
            phrase!("giảm mức hỗ trợ xuống {most}", "cut the support to {most}"; most),
        ));
    }
    Verdict::Passes
}

impl Gate for Norm {
    fn label(&self) -> String {
        "norm".to_owned()
    }

    fn sentence(&self) -> Phrase {
        phrase!(
            "Mức hỗ trợ của từng nội dung không vượt mức chi quy định có hiệu lực.",
            "The support of each content keeps to the norm in force."
        )
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn judge(&self, programme: &Programme, decision: &Decision) -> Verdict {
        let class = programme.class(programme.project(decision.project));
        let mut doubt = None;
        for level in decision.levels(programme) {
            for content in &decision.variant(programme).contents {
                match judge_content(programme, class, content, level, decision.start) {
                    Verdict::Passes => {}
                    Verdict::Doubted(reason) => doubt = Some(reason),
                    refused @ Verdict::Refused(_) => return refused,
                }
            }
        }
        doubt.map_or(Verdict::Passes, Verdict::Doubted)
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Gate>> {
        None
    }
}
