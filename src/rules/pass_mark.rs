//! # Pass mark · Điểm đạt
//!
//! A selected project passes its appraisal: the weighted mean of its scores is at least a mark,
//! exactly, without rounding. The weights are the scorecard's own, not those by which the policy
//! measures merit; blank, every criterion counts alike. A project with an unknown score that the
//! scorecard weighs passes with a doubt, which is reported, however good or bad the others are. A
//! commitment passes every gate.
//!
//! Tiếng Việt: đề án thuộc bộ chọn phải đạt điểm theo phiếu chấm: bình quân điểm các tiêu chí theo
//! trọng số của phiếu không dưới điểm đạt, tính chính xác, không làm tròn. Trọng số là của phiếu
//! chấm, không phải của chính sách; để trống thì các tiêu chí tính như nhau. Thiếu điểm một tiêu chí
//! có trọng số thì đề án vẫn được xét và ghi là cần xác minh, dù các điểm khác cao hay thấp. Đề án đã
//! cam kết thì không xét điều kiện này.
//!
//! ## Legal basis
//!
//! A choice of the planner: no document of industrial promotion gives a number. Scorecards of
//! neighbouring programmes do: agricultural extension's has 100 points and passes at 70.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `select` | which projects, a selector |
//! | `weights` | the scorecard, as `orientation=25;feasibility=20`; blank: all criteria alike |
//! | `least` | the mark, a whole number from 0 to 100 |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,weights,least,basis
//! ,orientation=50;feasibility=30;added_value=20,73,
//! ```
//!
//! ## Worked example
//!
//! ```decisions
//! passes   tea-line@2026
//! passes   coffee-roaster@2026
//! refused  tea-dryer@2026
//! doubted  training@2026
//! ```
//!
//! The roaster has (50 × 70 + 30 × 80 + 20 × 70) / 100 = 73 exactly, the line 79, the dryer 70.5.
//! The training's added value is unknown.

use super::{Gate, Reason, Verdict, label};
use crate::phrase;
use crate::phrase::{Language, Phrase, Said, grouped};
use crate::plan::Decision;
use crate::programme::{ProjectId, Programme};
use crate::quantities::{Score, plain};
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::Selector;

record! {
    /// The weighted mean of a selected project's scores is at least `least`.
    pub struct PassMark {
        /// Which projects.
        select: Selector,
        /// The weights of the scorecard.
        weights: Scorecard,
        /// The mark.
        least: Score,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

/// The weight of each criterion of a scorecard; without any, all criteria count alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scorecard(Vec<(String, i64)>);

impl Cell for Scorecard {
    const ALLOWED: &'static str =
        "weights of criteria, as `orientation=25;feasibility=20`; blank: all alike";
    const MAY_BE_BLANK: bool = true;

    fn parse(text: &str) -> Result<Self, Phrase> {
        let parts = text.split(';').map(str::trim);
        let read = |part: &str| {
            let (code, weight) = part.split_once('=').ok_or_else(|| {
                phrase!(
                    "“{part}” thiếu trọng số; hãy viết như orientation=25",
                    "“{part}” has no weight; write it as orientation=25"
                )
            })?;
            Ok((code.trim().to_owned(), i64::parse(weight.trim())?))
        };
        let weights = parts.filter(|part| !part.is_empty()).map(read);
        weights.collect::<Result<_, _>>().map(Scorecard)
    }

    fn print(&self) -> String {
        let parts = self.0.iter().map(|(code, weight)| format!("{code}={weight}"));
        parts.collect::<Vec<_>>().join(";")
    }
}

impl PassMark {
    /// The weight of each criterion of the programme.
    fn weights<'a>(&'a self, programme: &'a Programme) -> impl Iterator<Item = i64> + 'a {
        let Scorecard(own) = &self.weights;
        programme.criteria.iter().map(move |criterion| {
            let named = own.iter().find(|(code, _)| *code == criterion.code);
            named.map_or(i64::from(own.is_empty()), |(_, weight)| *weight)
        })
    }

    /// The sum of weighted scores and of weights; `None` where a weighed score is unknown.
    fn sums(&self, programme: &Programme, project: ProjectId) -> Option<(i128, i128)> {
        let scores = &programme.project(project).scores;
        let mut sums = (0, 0);
        for (score, weight) in scores.iter().zip(self.weights(programme)) {
            if weight > 0 {
                sums.0 += i128::from(weight) * i128::from(score.get()?);
                sums.1 += i128::from(weight);
            }
        }
        Some(sums)
    }

    /// The criteria that the scorecard weighs and the project has no score of.
    fn unknown(&self, programme: &Programme, project: ProjectId) -> Phrase {
        let scores = &programme.project(project).scores;
        let criteria = programme.criteria.iter().zip(scores);
        let unknown: Vec<_> = criteria
            .zip(self.weights(programme))
            .filter(|((_, score), weight)| *weight > 0 && score.get().is_none())
            .map(|((criterion, _), _)| &criterion.name)
            .collect();
        let join = |language| {
            let names: Vec<_> = unknown.iter().map(|name| name.say(language)).collect();
            names.join(", ")
        };
        Phrase::new(join(Language::Vietnamese), join(Language::English))
    }
}

/// A mean in hundredths of a point, for reading alone.
#[derive(Debug, Clone, Copy)]
struct Mean(i64);

impl Said for Mean {
    fn said(&self, language: Language) -> String {
        grouped(&plain(self.0, 2), language)
    }
}

impl Gate for PassMark {
    fn label(&self) -> String {
        label("pass_mark", &[&self.select.print(), &self.weights.print()])
    }

    fn sentence(&self) -> Phrase {
        let (least, selected, card) = (self.least, self.select.phrase(), self.weights.print());
        if card.is_empty() {
            return phrase!(
                "Điểm bình quân các tiêu chí của {selected} không dưới {least}.",
                "The mean score over all criteria is at least {least} (for {selected}).";
                least, selected
            );
        }
        phrase!(
            "Điểm bình quân theo phiếu chấm ({card}) của {selected} không dưới {least}.",
            "The mean score by the scorecard ({card}) is at least {least} (for {selected}).";
            least, selected
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let mut faults = self.select.faults(programme);
        let Scorecard(own) = &self.weights;
        let fault = |cause, remedy| Fault::of("criteria", cause, remedy).column("weights");
        for (position, (code, _)) in own.iter().enumerate() {
            if programme.criteria.iter().all(|known| known.code != *code) {
                faults.push(fault(
                    phrase!(
                        "bộ dữ liệu không có tiêu chí “{code}”",
                        "the dataset has no criterion “{code}”"
                    ),
                    phrase!("hãy dùng mã trong bảng criteria", "use a code of table criteria"),
                ));
            } else if own[..position].iter().any(|(earlier, _)| earlier == code) {
                faults.push(fault(
                    phrase!(
                        "tiêu chí “{code}” xuất hiện hai lần",
                        "the criterion “{code}” stands twice"
                    ),
                    phrase!("hãy bỏ một lần", "name it once"),
                ));
            }
        }
        if self.weights(programme).all(|weight| weight == 0) {
            faults.push(fault(
                phrase!(
                    "phiếu chấm không có tiêu chí nào có trọng số",
                    "the scorecard weighs no criterion"
                ),
                phrase!(
                    "hãy cho ít nhất một tiêu chí trọng số lớn hơn 0, hoặc để trống ô này",
                    "weigh at least one criterion above 0, or leave the cell blank"
                ),
            ));
        }
        faults
    }

    fn judge(&self, programme: &Programme, decision: &Decision) -> Verdict {
        if !self.select.selects(programme, decision) {
            return Verdict::Passes;
        }
        let reason = |sentence, remedy| Reason {
            code: "pass_mark".to_owned(),
            sentence,
            remedy,
        };
        let least = self.least;
        let Some((scored, weights)) = self.sums(programme, decision.project) else {
            let names = self.unknown(programme, decision.project);
            return Verdict::Doubted(reason(
                phrase!(
                    "chưa có điểm tiêu chí {names}, nên chưa biết có đạt {least} điểm hay không",
                    "it has no score on {names} yet, so it is open whether it reaches {least}";
                    names, least
                ),
                phrase!("chấm điểm các tiêu chí này", "have these criteria scored"),
            ));
        };
        if scored >= i128::from(least.0) * weights {
            return Verdict::Passes;
        }
        // Rounded down, so that it never reads as the mark that it misses.
        let mean = Mean(i64::try_from(scored * 100 / weights).unwrap_or_default());
        Verdict::Refused(reason(
            phrase!(
                "điểm bình quân theo phiếu chấm là {mean}, thấp hơn điểm đạt {least}",
                "its mean score by the scorecard, {mean}, is below the pass mark of {least}";
                mean, least
            ),
            phrase!(
                "hoàn thiện đề án ở các tiêu chí điểm thấp rồi thẩm định lại",
                "improve the project where its scores are low and have it appraised again"
            ),
        ))
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Gate>> {
        let mut looser = self.clone();
        looser.least = self.least.lowered()?;
        Some(Box::new(looser))
    }
}
