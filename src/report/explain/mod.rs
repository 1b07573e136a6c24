//! One candidate on the terminal: who it is, what it asks, its merit, and its benefit written out.

mod benefit;
mod json;
mod ticket;
mod words;

pub use json::explain_json;
pub use ticket::{ticket_json, ticket_text};

use super::{Grid, millions, said};
use crate::analysis::{Explanation, NormLine, Told};
use crate::phrase;
use crate::phrase::Language;
use crate::problem::Problem;
use crate::programme::{Content, Programme, Project};
use crate::quantities::{Money, Share};
use crate::record::Known;
use crate::rules::Kind;
use words::say;

/// Everything about one candidate, as text.
#[must_use]
pub fn explain_text(problem: &Problem<'_>, own: &Explanation, language: Language) -> String {
    let programme = problem.programme();
    let project = programme.project(own.project);
    let mut text = format!("{} · {}\n\n", project.code, project.name);
    for part in [
        facts(programme, project, language),
        contents(programme, project, language),
        norms(programme, project, &own.norms, language),
        benefit::merit(problem, own.project, language),
        benefit::factors(problem, own.project, language),
        benefit::offers(problem, own, language),
        refusals(programme, own, language),
        doubts(programme, own, language),
    ] {
        if !part.is_empty() {
            text += &part;
            text.push('\n');
        }
    }
    text.trim_end().to_owned() + "\n"
}

fn facts(programme: &Programme, project: &Project, language: Language) -> String {
    let said_of = |phrase: crate::phrase::Phrase| phrase.say(language).to_owned();
    let nowhere = || say("không gắn với địa bàn", "no place", language);
    let area = project.area.map_or_else(nowhere, |at| {
        let area = &programme.areas[at.index()];
        let (name, zone) = (&area.name, &programme.zones[area.zone.index()]);
        let class = words::class(area.class);
        said_of(phrase!("{name}, thuộc {zone} ({class})", "{name}, in {zone} ({class})"; name, zone, class))
    });
    let sector = project.sector.map_or_else(
        || say("không gắn với ngành nghề", "no sector", language),
        |at| said(&programme.sectors[at.index()].name, language),
    );
    let units = project.units.iter();
    let units: Vec<_> = units
        .map(|at| said(&programme.units[at.index()].named.name, language))
        .collect();
    let units = if units.is_empty() {
        say("chưa xác định", "nobody named yet", language)
    } else {
        units.join(say(" hoặc ", " or ", language).as_str())
    };
    let count = |figure: Known<i64>| match figure {
        Known::Is(figure) => said(&figure, language),
        Known::Unknown => said_of(words::unknown()),
    };
    let profile: Vec<_> = project
        .profile
        .0
        .iter()
        .map(|own| format!("{own}%"))
        .collect();
    let window = programme.years.iter().copied();
    let registered = project.first_start..=project.last_start;
    let window: Vec<_> = window.filter(|year| registered.contains(year)).collect();
    let mut lines = vec![
        ("loại", "kind", said_of(words::kind(project.kind))),
        ("địa bàn", "place", area),
        ("ngành nghề", "sector", sector),
        ("đơn vị thực hiện", "implementing unit", units),
        (
            "loại hình đơn vị thụ hưởng",
            "beneficiary",
            words::word(&project.beneficiary_type, language),
        ),
        (
            "số đơn vị thụ hưởng",
            "beneficiaries",
            count(project.beneficiaries),
        ),
        ("việc làm", "jobs", count(project.jobs)),
        (
            "nhóm đối tượng ưu tiên",
            "priority groups",
            words::list(&project.groups, language),
        ),
        ("nhãn", "tags", words::list(&project.tags, language)),
        (
            "đã cam kết vốn đối ứng",
            "counterpart committed",
            said_of(words::yes_no(project.counterpart_committed)),
        ),
        (
            "nguồn nhà nước khác chi cùng nội dung",
            "another state source pays for the same",
            said_of(words::yes_no(project.other_state_source)),
        ),
        (
            "năm bắt đầu đã đăng ký",
            "registered to start in",
            words::years(&window),
        ),
        (
            "phân kỳ chi từ năm bắt đầu",
            "spent year by year",
            profile.join(", "),
        ),
    ];
    if programme
        .find(&project.code)
        .is_some_and(|id| programme.is_promised(id))
    {
        lines.push((
            "cam kết",
            "commitment",
            say(
                "đã cam kết, nên qua mọi điều kiện và có trong mọi kế hoạch",
                "promised: it passes every gate and is in every plan",
                language,
            ),
        ));
    }
    let line =
        |(vi, en, what): (&str, &str, String)| format!("  {}: {what}\n", say(vi, en, language));
    say("Đề án", "The project", language) + "\n" + &lines.into_iter().map(line).collect::<String>()
}

/// The part of the cost that is asked, where the cost is known.
fn part(support: Money, cost: Known<Money>, language: Language) -> String {
    cost.get().map_or_else(String::new, |cost| {
        said(&Share::ratio(support.0, cost.0), language)
    })
}

fn contents(programme: &Programme, project: &Project, language: Language) -> String {
    let has_variants = project.variants.len() > 1;
    let mut rows = Vec::new();
    for variant in &project.variants {
        let name = || {
            if has_variants {
                variant.name.clone()
            } else {
                String::new()
            }
        };
        let amount = |cost: Known<Money>| match cost {
            Known::Is(cost) => millions(cost, language),
            Known::Unknown => words::unknown().say(language).to_owned(),
        };
        let row = |content: &Content| {
            vec![
                content.name.clone(),
                said(
                    &programme.activities[content.activity.index()].name,
                    language,
                ),
                said(&content.quantity, language),
                amount(content.total_cost),
                millions(content.support, language),
                part(content.support, content.total_cost, language),
                name(),
            ]
        };
        rows.extend(variant.contents.iter().map(row));
        let cost = variant.total_cost().map_or(Known::Unknown, Known::Is);
        if variant.contents.len() > 1 {
            rows.push(vec![
                say("cộng", "total", language),
                String::new(),
                String::new(),
                amount(cost),
                millions(variant.support(), language),
                part(variant.support(), cost, language),
                name(),
            ]);
        }
    }
    let mut headings = vec![
        say("nội dung", "content", language),
        say("hoạt động", "activity", language),
        say("số lượng", "quantity", language),
        say("tổng kinh phí", "total cost", language),
        say("hỗ trợ", "support", language),
        say("tỷ lệ", "part", language),
    ];
    if has_variants {
        headings.push(say("phương án", "variant", language));
    } else {
        for row in &mut rows {
            row.truncate(headings.len());
        }
    }
    Grid {
        title: say(
            "Nội dung đề nghị (triệu đồng)",
            "What it asks for (million đồng)",
            language,
        ),
        headings,
        rows,
        numeric: vec![2, 3, 4, 5],
    }
    .text()
}

fn norms(
    programme: &Programme,
    project: &Project,
    lines: &[NormLine],
    language: Language,
) -> String {
    let mut documents: Vec<&str> = Vec::new();
    let row = |line: &NormLine| {
        let content = &project.variants[line.variant.index()].contents[line.content];
        let norm = line.norm.map(|at| &programme.norms[at]);
        let note = norm.map(|norm| {
            let known = documents.iter().position(|own| *own == norm.document);
            let at = known.unwrap_or_else(|| {
                documents.push(&norm.document);
                documents.len() - 1
            });
            format!("[{}]", at + 1)
        });
        let rule = norm.map_or_else(
            || say("chưa có mức chi", "no norm is known", language),
            |norm| {
                let percent = norm.percent.map(
                    |percent| phrase!("{percent} tổng kinh phí", "{percent} of the total cost"; percent),
                );
                let cap = norm.cap.map(|cap| {
                    let per = &norm.per;
                    phrase!("{cap} mỗi {per}", "{cap} per {per}"; cap, per)
                });
                let both = [percent, cap].into_iter().flatten();
                let both: Vec<_> = both.map(|part| part.say(language).to_owned()).collect();
                both.join(say(", không quá ", ", at most ", language).as_str())
            },
        );
        let most = match line.most {
            Known::Is(Some(most)) => millions(most, language),
            Known::Is(None) => "–".to_owned(),
            Known::Unknown => words::unknown().say(language).to_owned(),
        };
        let funds = line.funds.iter();
        let funds: Vec<_> = funds
            .map(|at| programme.funds[at.index()].named.code.as_str())
            .collect();
        vec![
            content.name.clone(),
            words::years(&line.starts),
            funds.join(", "),
            millions(content.support, language),
            most,
            rule,
            note.unwrap_or_default(),
        ]
    };
    let rows = lines.iter().map(row).collect();
    let notes = documents.iter().zip(1..);
    let notes = notes.map(|(document, number)| format!("  [{number}] {document}\n"));
    let notes: String = notes.collect();
    let grid = Grid {
        title: say(
            "Mức chi áp dụng (triệu đồng), theo năm bắt đầu và nguồn",
            "The norms that hold (million đồng), by year of start and fund",
            language,
        ),
        headings: vec![
            say("nội dung", "content", language),
            say("bắt đầu", "start", language),
            say("nguồn", "fund", language),
            say("đề nghị", "asked", language),
            say("tối đa", "at most", language),
            say("mức chi", "norm", language),
            say("văn bản", "document", language),
        ],
        rows,
        numeric: vec![3, 4],
    };
    grid.text() + &notes
}

fn refusals(programme: &Programme, own: &Explanation, language: Language) -> String {
    if programme.is_promised(own.project) {
        return say(
            "Đề án đã cam kết nên không xét điều kiện.",
            "The project is promised, so no gate is asked.",
            language,
        ) + "\n";
    }
    if own.refusals.is_empty() {
        return say(
            "Mọi điều kiện đều cho phép mọi cách bố trí.",
            "Every gate lets every decision through.",
            language,
        ) + "\n";
    }
    let title = if own.offers.is_empty() {
        say(
            "Vì sao không có cách bố trí nào đủ điều kiện",
            "Why no decision is admissible",
            language,
        )
    } else {
        say(
            "Các cách bố trí không đủ điều kiện",
            "The decisions that are not admissible",
            language,
        )
    };
    reasons(programme, own, &own.refusals, title, language)
}

fn doubts(programme: &Programme, own: &Explanation, language: Language) -> String {
    if own.doubts.is_empty() {
        return String::new();
    }
    let title = say(
        "Cần xác minh (vẫn được xét)",
        "To be confirmed (admissible all the same)",
        language,
    );
    reasons(programme, own, &own.doubts, title, language)
}

fn reasons(
    programme: &Programme,
    own: &Explanation,
    told: &[Told],
    title: String,
    language: Language,
) -> String {
    let project = programme.project(own.project);
    let row = |told: &Told| {
        let gate = Kind::find(&told.reason.code)
            .map(Kind::title)
            .unwrap_or_default();
        let when = told
            .of
            .iter()
            .map(|own| words::block(programme, project, own, language));
        vec![
            gate.say(language).to_owned(),
            when.collect::<Vec<_>>().join(" / "),
            told.reason.sentence.say(language).to_owned(),
            told.reason.remedy.say(language).to_owned(),
        ]
    };
    Grid {
        title,
        headings: vec![
            say("điều kiện", "gate", language),
            say("trường hợp", "when", language),
            say("lý do", "why", language),
            say("cách khắc phục", "remedy", language),
        ],
        rows: told.iter().map(row).collect(),
        numeric: Vec::new(),
    }
    .text()
}
