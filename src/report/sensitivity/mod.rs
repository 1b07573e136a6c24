//! What changes are worth, as a planner reads it: text, JSON, one table.

mod judgement;
mod money;
mod projects;
mod risk;
mod rules;
mod sampled;

pub use judgement::judgement_told;
pub use money::money_told;
pub use projects::projects_told;
pub use risk::risk_told;
pub use rules::rules_told;

use serde_json::{Value, json};

use super::text::say;
use super::{grouped, points};
use crate::analysis::{Certainty, Effect, Interval, raised};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::problem::Problem;
use crate::programme::{Programme, ProjectId};
use crate::quantities::plain;
use crate::record::Table;

/// An answer in the three forms that a command prints.
#[derive(Debug, Clone)]
pub struct Told {
    /// For people.
    pub text: String,
    /// For machines.
    pub json: Value,
    /// For a spreadsheet.
    pub table: Table,
}

/// The programme and the policy, above every answer.
pub(super) fn heading(problem: &Problem<'_>, language: Language) -> String {
    let about = &problem.programme().about;
    let title = Phrase::new(&about.title_vi, &about.title_en);
    let policy = problem.policy().about.title();
    format!("{} · {}\n\n", title.say(language), policy.say(language))
}

/// A table with these columns, named as its file.
pub(super) fn table(name: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Table {
    Table {
        name: name.to_owned(),
        file: format!("{name}.csv"),
        columns: columns.iter().map(|&own| own.to_owned()).collect(),
        rows,
        lines: Vec::new(),
    }
}

impl Certainty {
    /// The word for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Certainty::Decided => "decided",
            Certainty::Interval => "interval",
            Certainty::Undecided => "undecided",
            Certainty::Unknown => "unknown",
        }
    }
}

/// An interval of thousandths of a point in points: a number where it is one, else from–to.
pub(super) fn points_between(value: Interval, language: Language) -> String {
    between(value, language, |own| points(own, language))
}

/// An interval as a number where both ends read alike, else from–to.
fn between(value: Interval, language: Language, said: impl Fn(i64) -> String) -> String {
    let unknown = || say("chưa rõ", "unknown", language);
    match (value.least, value.most) {
        (Some(least), Some(most)) if said(least) == said(most) => said(least),
        (Some(least), Some(most)) if least < 0 => {
            let to = say("đến", "to", language);
            format!(
                "{} {to} {}",
                with_minus(&said(least)),
                with_minus(&said(most))
            )
        }
        (Some(least), Some(most)) => format!("{} – {}", said(least), said(most)),
        (Some(least), None) => format!("≥ {}", said(least)),
        (None, Some(most)) => format!("≤ {}", said(most)),
        (None, None) => unknown(),
    }
}

/// A number with a minus that is no hyphen: beside others it would read as a dash.
pub(super) fn with_minus(number: &str) -> String {
    number.replace('-', "−")
}

/// An interval of thousandths of a point as JSON: exact decimals in points.
pub(super) fn json_between(value: Interval) -> Value {
    json!({
        "least": value.least.map(|own| plain(own, 3)),
        "most": value.most.map(|own| plain(own, 3)),
        "certainty": value.certainty(),
    })
}

/// One end of an interval in a table: points, exactly; blank where unknown.
fn cell(value: Option<i64>) -> String {
    value.map(|own| plain(own, 3)).unwrap_or_default()
}

/// A count in a language.
fn count(number: usize, language: Language) -> String {
    grouped(&number.to_string(), language)
}

/// The benefit that a change brings, in points; `is_gain`: it cannot lose any. An interval that may be
/// nothing is undecided.
fn effect_short(effect: &Effect, language: Language, is_gain: bool) -> String {
    let Some(benefit) = effect.benefit() else {
        return if effect.is_impossible {
            say("không có kế hoạch nào", "no plan exists", language)
        } else {
            say("chưa rõ", "unknown", language)
        };
    };
    let value = if is_gain {
        raised(benefit.value)
    } else {
        benefit.value
    };
    if value.certainty() == Certainty::Undecided {
        let said = points_between(value, language);
        let word = say("chưa phân định", "undecided", language);
        return format!("{word} ({said})");
    }
    points_between(value, language)
}

/// Every objective that a change moves.
fn effect_json(effect: &Effect) -> Value {
    let change = effect.change.as_ref().map(|all| {
        let own = all.iter().map(|own| {
            json!({
                "objective": own.label,
                "unit": own.unit,
                "least": own.value.least,
                "most": own.value.most,
                "certainty": own.value.certainty(),
            })
        });
        own.collect::<Vec<_>>()
    });
    json!({ "change": change, "no_plan_exists": effect.is_impossible })
}

/// Of the optimum, what an interval may be wide without a word on it: one part in so many.
const NARROW: i64 = 1_000;

/// That some of the intervals are wide because the limit ended their solves, and what narrows them.
fn wide_note<'a>(
    optimum: Interval,
    effects: impl Iterator<Item = &'a Effect>,
    language: Language,
) -> String {
    let most = optimum.most.map_or(0, |most| most.abs() / NARROW);
    let is_wide = |effect: &&Effect| {
        let value = effect.benefit().map(|own| own.value);
        value.is_some_and(|own| match (own.certainty(), own.least, own.most) {
            (Certainty::Unknown, ..) => true,
            (_, Some(least), Some(greatest)) => greatest - least > most,
            _ => false,
        })
    };
    let wide = effects.filter(is_wide).count();
    if wide == 0 {
        return String::new();
    }
    let note = phrase!(
        "Có {wide} số chỉ biết trong một khoảng rộng hơn 0,1% lợi ích của kế hoạch; giá trị nằm ở đâu trong khoảng đó là chưa phân định, vì phép giải dừng khi hết giờ: chạy lại với --each dài hơn (ví dụ --each 1m) thì khoảng hẹp lại.",
        "{wide} figures are known only as intervals wider than 0.1% of the plan's benefit; where in them the value lies is undecided, since the solves ended at the limit: a longer --each (as --each 1m) narrows them."
    );
    format!("\n{}\n", note.say(language))
}

/// How many projects are named in a cell.
const NAMED: usize = 4;

/// The projects that a change lets in, or puts out; none where its effect is undecided, since other
/// plans may be as good.
fn projects_named(
    programme: &Programme,
    effect: &Effect,
    is_entering: bool,
    language: Language,
) -> String {
    let certainty = effect.benefit().map(|own| own.value.certainty());
    if matches!(
        certainty,
        None | Some(Certainty::Undecided | Certainty::Unknown)
    ) {
        return String::new();
    }
    let projects = if is_entering {
        &effect.entering
    } else {
        &effect.leaving
    };
    named(programme, projects, language)
}

/// The codes of projects.
pub(super) fn codes(programme: &Programme, projects: &[ProjectId]) -> Vec<String> {
    let own = projects.iter();
    own.map(|own| programme.project(*own).code.clone())
        .collect()
}

/// The codes of the first projects, and how many more there are.
pub(super) fn named(programme: &Programme, projects: &[ProjectId], language: Language) -> String {
    let first = &projects[..projects.len().min(NAMED)];
    let mut text = codes(programme, first).join(", ");
    if projects.len() > NAMED {
        let more = projects.len() - NAMED;
        let more = phrase!(" và {more} đề án khác", " and {more} more");
        text += more.say(language);
    }
    text
}

/// That figures are vectors where the policy has tiers.
fn tier_notes(problem: &Problem<'_>, language: Language) -> String {
    if problem.tiers().is_empty() {
        return String::new();
    }
    let note = phrase!(
        "Chính sách này xếp ưu tiên theo bậc: mỗi thay đổi là một dãy số, một số cho mỗi bậc; bảng trên chỉ ghi bậc cuối (lợi ích), JSON có đủ các bậc.",
        "This policy has tiers: every change is a vector, a figure a tier; the table shows the last one, the benefit, JSON has them all."
    );
    format!("\n{}\n", note.say(language))
}
