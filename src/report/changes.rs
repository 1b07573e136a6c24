//! What changed from one plan to another: text, JSON, `changes.csv`.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::difference::{when, worth_json};
use super::sensitivity::{Told, codes, heading, named, table};
use super::text::say;
use super::{Grid, figures, millions, points};
use crate::analysis::{Change, Changes, Places, Reason, Worth};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::problem::Problem;
use crate::programme::Programme;
use crate::quantities::{Money, plain};

/// How many rules are named in a reason.
const FEW_RULES: usize = 3;

/// What became of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    In,
    Out,
    Moved,
}

impl Way {
    fn of(own: &Change) -> Way {
        match (own.before.is_some(), own.after.is_some()) {
            (true, true) => Way::Moved,
            (true, false) => Way::Out,
            (false, _) => Way::In,
        }
    }

    /// The word for it in files.
    fn word(self) -> &'static str {
        match self {
            Way::In => "in",
            Way::Out => "out",
            Way::Moved => "moved",
        }
    }

    fn title(self) -> Phrase {
        match self {
            Way::Out => phrase!("Đề án bị đưa ra", "Projects put out"),
            Way::In => phrase!("Đề án được đưa vào", "Projects taken in"),
            Way::Moved => phrase!(
                "Đề án đổi năm, nguồn, phương án hoặc đơn vị thực hiện",
                "Projects in another year, source, variant or unit"
            ),
        }
    }
}

/// The changes in the three forms; `listed` projects of each way in the text, `None` for all.
#[must_use]
pub fn changes_told(
    problem: &Problem<'_>,
    changes: &Changes,
    language: Language,
    listed: Option<usize>,
) -> Told {
    Told {
        text: text(problem, changes, language, listed),
        json: json(problem, changes),
        table: csv(problem, changes),
    }
}

fn text(
    problem: &Problem<'_>,
    changes: &Changes,
    language: Language,
    listed: Option<usize>,
) -> String {
    let mut text = heading(problem, language);
    text += summary(changes).say(language);
    text += "\n\n";
    let [before, after] = changes.figures.clone();
    let both = [
        (phrase!("kế hoạch trước", "earlier plan"), before),
        (phrase!("kế hoạch sau", "later plan"), after),
    ];
    let title = say("Hai kế hoạch cạnh nhau", "Side by side", language);
    text += &figures::grid(title, &both, language).text();
    for way in [Way::Out, Way::In, Way::Moved] {
        let mut own: Vec<&Change> = changes.projects.iter().collect();
        own.retain(|own| Way::of(own) == way);
        if !own.is_empty() {
            own.sort_by_key(|own| Reverse(support(own)));
            text.push('\n');
            text += &list(problem, way, &own, language, listed);
        }
    }
    text
}

fn support(own: &Change) -> Money {
    let worth = own.before.as_ref().or(own.after.as_ref());
    worth.map_or(Money::ZERO, |worth| worth.support)
}

/// By how much the project's benefit changes, in thousandths of a point.
fn gain(own: &Change) -> i64 {
    let benefit = |worth: &Option<Worth>| worth.map_or(0, |own| own.benefit);
    benefit(&own.after) - benefit(&own.before)
}

fn summary(changes: &Changes) -> Phrase {
    let count = |way| {
        changes
            .projects
            .iter()
            .filter(|own| Way::of(own) == way)
            .count()
    };
    let (out, into, moved) = (count(Way::Out), count(Way::In), count(Way::Moved));
    let alike = changes.alike;
    let gained = changes.figures[1].benefit - changes.figures[0].benefit;
    let said = |language| points(gained, language);
    let gained = Phrase::new(said(Language::Vietnamese), said(Language::English));
    phrase!(
        "Từ kế hoạch trước sang kế hoạch sau: {alike} đề án giữ nguyên, {out} bị đưa ra, {into} được đưa vào, {moved} đổi năm, nguồn, phương án hoặc đơn vị; lợi ích thay đổi {gained} điểm.",
        "From the earlier plan to the later: projects alike: {alike}; put out: {out}; taken in: {into}; in another year, source, variant or unit: {moved}; the benefit changes by {gained} points.";
        alike, out, into, moved, gained
    )
}

/// A decision, with its variant and its unit where those of the other decision differ.
fn decision(programme: &Programme, own: Option<&Worth>, other: Option<&Worth>) -> String {
    let mut text = when(programme, own);
    let Some((own, other)) = own.zip(other) else {
        return text;
    };
    let (own, other) = (&own.decision, &other.decision);
    if own.variant != other.variant {
        text = format!("{text} {}", own.variant(programme).name);
    }
    if let Some(unit) = own.unit.filter(|_| own.unit != other.unit) {
        text = format!("{text} {}", programme.units[unit.index()].named.code);
    }
    text
}

/// Those in its place, and that they are so together where they are.
fn places(programme: &Programme, own: &Places, language: Language) -> String {
    let mut text = named(programme, own.projects(), language);
    if let Places::Together(all) = own
        && all.len() > 1
    {
        text += phrase!(" (cùng nhau)", " (together)").say(language);
    }
    text
}

/// The first rules named, and how many more there are.
fn labels(reason: &Reason) -> Phrase {
    let all = reason.labels();
    let first = all[..all.len().min(FEW_RULES)].join(", ");
    let more = all.len().saturating_sub(FEW_RULES);
    if more == 0 {
        return Phrase::same(first);
    }
    phrase!("{first} và {more} quy tắc khác", "{first} and {more} more")
}

fn reason(way: Way, reason: &Reason) -> Phrase {
    let labels = labels(reason);
    match (reason, way) {
        (Reason::Money(_), Way::In) => phrase!(
            "kế hoạch trước không còn tiền ({labels})",
            "the earlier plan had no money left for it ({labels})"; labels
        ),
        (Reason::Money(_), _) => phrase!(
            "kế hoạch sau không còn tiền ({labels})",
            "the later plan has no money left for it ({labels})"; labels
        ),
        (Reason::Rules(_), Way::In) => phrase!(
            "thêm vào kế hoạch trước sẽ vi phạm {labels}",
            "in the earlier plan it would have broken {labels}"; labels
        ),
        (Reason::Rules(_), Way::Out) => phrase!(
            "giữ lại trong kế hoạch sau sẽ vi phạm {labels}",
            "in the later plan it would break {labels}"; labels
        ),
        (Reason::Rules(_), Way::Moved) => phrase!(
            "giữ nguyên trong kế hoạch sau sẽ vi phạm {labels}",
            "as it was it would break {labels} in the later plan";
            labels
        ),
        (Reason::Benefit, Way::Moved) => phrase!(
            "giữ nguyên cũng không vi phạm gì",
            "as it was it would break nothing"
        ),
        (Reason::Benefit, _) => phrase!(
            "có hay không đều không vi phạm gì: chỉ do lợi ích, do bậc ưu tiên, hoặc do sai số của lời giải",
            "with or without it nothing is broken: benefit, an earlier tier, or the gap of a solve"
        ),
    }
}

fn list(
    problem: &Problem<'_>,
    way: Way,
    own: &[&Change],
    language: Language,
    listed: Option<usize>,
) -> String {
    let programme = problem.programme();
    let row = |own: &&Change| {
        let project = programme.project(own.project);
        vec![
            project.code.clone(),
            project.name.clone(),
            decision(programme, own.before.as_ref(), own.after.as_ref()),
            decision(programme, own.after.as_ref(), own.before.as_ref()),
            millions(support(own), language),
            points(gain(own), language),
            reason(way, &own.reason).say(language).to_owned(),
            places(programme, &own.places, language),
        ]
    };
    let places = if way == Way::In {
        say("nhường chỗ", "made room", language)
    } else {
        say("thế chỗ", "in its place", language)
    };
    let shown = own.len().min(listed.unwrap_or(own.len()));
    let all = own.len();
    let title = way.title();
    let title = phrase!("{title} ({shown}/{all})", "{title} ({shown} of {all})"; title);
    Grid {
        title: title.say(language).to_owned(),
        headings: vec![
            say("mã", "code", language),
            say("tên", "name", language),
            say("trước", "before", language),
            say("sau", "after", language),
            say("hỗ trợ", "support", language),
            say("lợi ích thêm", "benefit gained", language),
            say("lý do", "why", language),
            places,
        ],
        rows: own[..shown].iter().map(row).collect(),
        numeric: vec![4, 5],
    }
    .text()
}

/// The word for a reason in files.
fn word(reason: &Reason) -> &'static str {
    match reason {
        Reason::Money(_) => "money",
        Reason::Rules(_) => "rules",
        Reason::Benefit => "benefit",
    }
}

fn json(problem: &Problem<'_>, changes: &Changes) -> Value {
    let programme = problem.programme();
    let change = |own: &Change| {
        let worth = |worth: &Option<_>| worth.as_ref().map(|own| worth_json(programme, own));
        json!({
            "project": programme.project(own.project).code,
            "change": Way::of(own).word(),
            "before": worth(&own.before),
            "after": worth(&own.after),
            "why": word(&own.reason),
            "labels": own.reason.labels(),
            "sentence": reason(Way::of(own), &own.reason),
            "in_its_place": codes(programme, own.places.projects()),
            "only_together": matches!(own.places, Places::Together(_)),
        })
    };
    json!({
        "summary": summary(changes),
        "alike": changes.alike,
        "benefit": changes.figures.iter().map(|own| plain(own.benefit, 3)).collect::<Vec<_>>(),
        "projects": changes.projects.iter().map(change).collect::<Vec<_>>(),
    })
}

fn csv(problem: &Problem<'_>, changes: &Changes) -> crate::record::Table {
    let programme = problem.programme();
    let columns = [
        "project",
        "name",
        "change",
        "before",
        "after",
        "support",
        "benefit_gained",
        "why",
        "labels",
        "in_its_place",
    ];
    let row = |own: &Change| {
        let project = programme.project(own.project);
        vec![
            project.code.clone(),
            project.name.clone(),
            Way::of(own).word().to_owned(),
            when(programme, own.before.as_ref()),
            when(programme, own.after.as_ref()),
            support(own).millions(),
            plain(gain(own), 3),
            word(&own.reason).to_owned(),
            own.reason.labels().join(";"),
            codes(programme, own.places.projects()).join(";"),
        ]
    };
    let rows = changes.projects.iter().map(row).collect();
    table("changes", &columns, rows)
}
