//! The plan beside the list made by hand, project by project: text, JSON, `difference.csv`.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::text::{FEW, say};
use super::{Grid, PlanReport, millions, points};
use crate::analysis::{Difference, Differing, Why, Worth};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::programme::{Kind, Programme};
use crate::quantities::{Money, plain};
use crate::record::Table;

impl Why {
    /// The word for it in files.
    fn word(&self) -> &'static str {
        match self {
            Why::Full(_) => "full",
            Why::Breaks(..) => "breaks",
            Why::Fits => "fits",
            Why::Otherwise => "otherwise",
        }
    }

    /// The limits and rules named.
    fn labels(&self) -> Vec<&str> {
        match self {
            Why::Full(label) => vec![label.as_str()],
            Why::Breaks(labels, _) => labels.iter().map(String::as_str).collect(),
            Why::Fits | Why::Otherwise => Vec::new(),
        }
    }

    fn phrase(&self) -> Phrase {
        match self {
            Why::Full(label) => phrase!(
                "khi đến lượt trong danh mục, {label} đã hết chỗ, các năm và nguồn khác cũng không còn",
                "when its turn came on the list, {label} was full, and no other year or source had room"
            ),
            Why::Breaks(labels, count) => {
                let (labels, more) = (labels.join(", "), count - labels.len());
                if more == 0 {
                    phrase!(
                        "thêm vào kế hoạch sẽ vi phạm {labels}",
                        "added to the plan it would break {labels}"
                    )
                } else {
                    phrase!(
                        "thêm vào kế hoạch sẽ vi phạm {labels} và {more} quy tắc khác",
                        "added to the plan it would break {labels} and other rules ({more})";
                        labels, more
                    )
                }
            }
            Why::Fits => phrase!(
                "thêm vào kế hoạch không vi phạm quy tắc nào",
                "added to the plan it would break no rule"
            ),
            Why::Otherwise => phrase!(
                "cả hai đều chọn, nhưng khác phương án, năm, nguồn hoặc đơn vị thực hiện",
                "both fund it, in another variant or year, from another source or by another unit"
            ),
        }
    }
}

impl Differing {
    /// The plan's decision, else the list's.
    fn worth(&self) -> Option<&Worth> {
        self.planned.as_ref().or(self.listed.as_ref())
    }
}

/// How many projects are decided alike, and otherwise, and the largest of those that one alone
/// funds.
pub(super) fn text(report: &PlanReport<'_>, language: Language) -> String {
    let Some(own) = &report.difference else {
        return String::new();
    };
    let programme = report.problem.programme();
    let mut text = summary(own).say(language).to_owned() + "\n";
    let (here, there) = (only(own, true), only(own, false));
    let half = FEW / 2;
    let shown: Vec<_> = here
        .iter()
        .take(half)
        .chain(there.iter().take(half))
        .collect();
    if shown.is_empty() {
        return text;
    }
    let rows = shown.iter().filter_map(|own| {
        let worth = own.worth()?;
        let project = programme.project(own.project);
        Some(vec![
            project.code.clone(),
            kind(project.kind).say(language).to_owned(),
            when(programme, own.planned.as_ref()),
            when(programme, own.listed.as_ref()),
            millions(worth.support, language),
            points(worth.benefit, language),
            points(worth.per_million, language),
            own.why.phrase().say(language).to_owned(),
        ])
    });
    let median = |language| points(own.median, language);
    let (vi, en) = (median(Language::Vietnamese), median(Language::English));
    let per = phrase!(
        "trên một triệu đồng (trung vị {vi})",
        "per million đồng (median {en})"
    );
    let headings = [
        ("mã", "project"),
        ("loại", "kind"),
        ("kế hoạch", "the plan"),
        ("danh mục", "the list"),
        ("hỗ trợ", "support"),
        ("lợi ích", "benefit"),
        (per.vi.as_str(), per.en.as_str()),
        ("lý do", "why"),
    ];
    let (count, all) = (shown.len(), here.len() + there.len());
    let title = phrase!(
        "Khoản hỗ trợ lớn nhất chỉ có ở một bên ({count} trong {all}; toàn bộ ở difference.csv)",
        "The largest that one alone funds ({count} of {all}; all of them in difference.csv)"
    );
    text += &Grid {
        title: title.say(language).to_owned(),
        headings: headings.map(|(vi, en)| say(vi, en, language)).to_vec(),
        rows: rows.collect(),
        numeric: vec![4, 5, 6],
    }
    .text();
    text
}

/// The projects that the plan alone (`here`) or the list alone funds, the largest support first.
fn only(own: &Difference, here: bool) -> Vec<&Differing> {
    let alone = |own: &&Differing| match (own.planned, own.listed) {
        (Some(_), None) => here,
        (None, Some(_)) => !here,
        _ => false,
    };
    let mut rows: Vec<_> = own.projects.iter().filter(alone).collect();
    rows.sort_by_key(|own| Reverse(own.worth().map(|worth| worth.support)));
    rows
}

fn summary(own: &Difference) -> Phrase {
    let count = |here| {
        let rows = only(own, here);
        let support: Money = rows
            .iter()
            .filter_map(|own| own.worth())
            .map(|w| w.support)
            .sum();
        let benefit: i64 = rows
            .iter()
            .filter_map(|own| own.worth())
            .map(|w| w.benefit)
            .sum();
        (rows.len(), support, benefit)
    };
    let ((here, more, gained), (there, less, lost)) = (count(true), count(false));
    let other = own.projects.len() - here - there;
    let alike = own.alike;
    let said = |language| [gained, lost, own.median].map(|value| points(value, language));
    let [gained, lost, median] = {
        let (vi, en) = (said(Language::Vietnamese), said(Language::English));
        let pair = |at: usize| Phrase::new(vi[at].as_str(), en[at].as_str());
        [pair(0), pair(1), pair(2)]
    };
    phrase!(
        "So với danh mục lập thủ công theo thứ tự ưu tiên: {alike} đề án giống hệt, {other} đề án khác năm, nguồn, phương án hoặc đơn vị thực hiện; {here} đề án chỉ có trong kế hoạch ({more}, {gained} điểm), {there} đề án chỉ có trong danh mục ({less}, {lost} điểm). Lợi ích trung vị của các đề án trong kế hoạch: {median} điểm trên một triệu đồng.",
        "Beside the list made by hand: projects alike: {alike}; in another year, source, variant or unit: {other}; in the plan alone: {here} ({more}, {gained} points); on the list alone: {there} ({less}, {lost} points). The median of the plan's projects: {median} points per million đồng.";
        alike, other, here, more, gained, there, less, lost, median
    )
}

fn kind(kind: Kind) -> Phrase {
    match kind {
        Kind::Single => phrase!("đơn", "single"),
        Kind::Group => phrase!("nhóm", "group"),
        Kind::Pilot => phrase!("điểm", "pilot"),
    }
}

/// Start and source of a decision.
pub(super) fn when(programme: &Programme, worth: Option<&Worth>) -> String {
    worth.map_or_else(
        || "–".to_owned(),
        |own| {
            let source = &programme.sources[own.decision.source.index()].code;
            format!("{} {source}", own.decision.start)
        },
    )
}

/// A decision with what it costs and brings, for machines.
pub(super) fn worth_json(programme: &Programme, own: &Worth) -> Value {
    let unit = own.decision.unit;
    json!({
        "variant": own.decision.variant(programme).name,
        "source": programme.sources[own.decision.source.index()].code,
        "start": own.decision.start,
        "unit": unit.map(|unit| &programme.units[unit.index()].named.code),
        "support": own.support,
        "benefit": plain(own.benefit, 3),
        "benefit_per_million": plain(own.per_million, 3),
    })
}

/// The difference for machines.
pub(super) fn json(report: &PlanReport<'_>) -> Value {
    let Some(own) = &report.difference else {
        return Value::Null;
    };
    let programme = report.problem.programme();
    let worth = |own: &Worth| worth_json(programme, own);
    let project = |own: &Differing| {
        let project = programme.project(own.project);
        json!({
            "project": project.code,
            "kind": project.kind.word(),
            "plan": own.planned.as_ref().map(worth),
            "list": own.listed.as_ref().map(worth),
            "why": own.why.word(),
            "labels": own.why.labels(),
            "sentence": own.why.phrase(),
        })
    };
    json!({
        "summary": summary(own),
        "alike": own.alike,
        "median_benefit_per_million": plain(own.median, 3),
        "projects": own.projects.iter().map(project).collect::<Vec<_>>(),
    })
}

/// `difference.csv`: a row a project on which plan and list differ; `None` without a plan.
#[must_use]
pub fn difference_table(report: &PlanReport<'_>, language: Language) -> Option<Table> {
    let own = report.difference.as_ref()?;
    let programme = report.problem.programme();
    let columns = [
        "project",
        "name",
        "kind",
        "plan",
        "list",
        "support",
        "benefit",
        "benefit_per_million",
        "median_of_plan",
        "why",
        "labels",
        "sentence",
    ];
    let row = |differing: &Differing| {
        let project = programme.project(differing.project);
        let worth = differing.worth()?;
        Some(vec![
            project.code.clone(),
            project.name.clone(),
            project.kind.word().to_owned(),
            when(programme, differing.planned.as_ref()),
            when(programme, differing.listed.as_ref()),
            worth.support.millions(),
            plain(worth.benefit, 3),
            plain(worth.per_million, 3),
            plain(own.median, 3),
            differing.why.word().to_owned(),
            differing.why.labels().join(";"),
            differing.why.phrase().say(language).to_owned(),
        ])
    };
    Some(Table {
        name: "difference".to_owned(),
        file: "difference.csv".to_owned(),
        columns: columns.iter().map(|&name| name.to_owned()).collect(),
        rows: own.projects.iter().filter_map(row).collect(),
        lines: Vec::new(),
    })
}
