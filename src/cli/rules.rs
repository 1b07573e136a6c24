//! `trongdiem rules`: the rule book, and the manual of one rule.

use clap::Args;

use super::Exit;
use super::exit::print;
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::policy::tiers_manual;
use crate::record::Fault;
use crate::report::Grid;
use crate::rules::{KINDS, Kind, Origin};

/// Show the rule book, or the manual of one rule.
#[derive(Debug, Args)]
#[command(after_help = "Example: trongdiem rules minimum_share")]
pub(super) struct RulesArguments {
    /// A rule or gate.
    name: Option<String>,
}

pub(super) fn run(arguments: &RulesArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let Some(name) = &arguments.name else {
        let order = phrase!(
            "Thứ tự ưu tiên nhiều bậc không phải quy tắc: `trongdiem rules tiers` in hướng dẫn của bảng tiers.",
            "The order of tiers is no rule: `trongdiem rules tiers` prints the manual of table tiers."
        );
        print(&format!("{}{}\n", book(language), order.say(language)))?;
        return Ok(Exit::Done);
    };
    if name == "tiers" {
        print(&format!("{}\n", tiers_manual()))?;
        return Ok(Exit::Done);
    }
    let Some(kind) = Kind::find(name) else {
        let kinds = KINDS.iter().map(|kind| kind.name);
        let names: Vec<_> = kinds.chain(["tiers"]).collect();
        let names = names.join(", ");
        return Err(vec![Fault::of(
            name.as_str(),
            phrase!("không có quy tắc này", "there is no such rule"),
            phrase!("các quy tắc: {names}", "the rules: {names}"),
        )]);
    };
    print(&format!("{}\n", kind.manual()))?;
    Ok(Exit::Done)
}

fn book(language: Language) -> String {
    let say = |vi: &str, en: &str| Phrase::new(vi, en).say(language).to_owned();
    let from = |kind: &Kind| match kind.origin {
        Origin::LawGate(_) => say("điều kiện, luôn áp dụng", "gate, always in force"),
        Origin::PolicyGate(_) => say("điều kiện, do chính sách chọn", "gate, chosen by a policy"),
        Origin::Facts { table, .. } => match language {
            Language::Vietnamese => format!("quy tắc, từ bảng {table}"),
            Language::English => format!("rule, from table {table}"),
        },
        Origin::Policy(_) => say("quy tắc, do chính sách chọn", "rule, chosen by a policy"),
    };
    Grid {
        title: say(
            "Danh mục quy tắc; `trongdiem rules TÊN` in hướng dẫn của một quy tắc",
            "The rule book; `trongdiem rules NAME` prints a rule's manual",
        ),
        headings: vec![
            say("tên", "name"),
            say("quy tắc", "rule"),
            say("nguồn", "where from"),
            say("nội dung", "what it says"),
        ],
        rows: KINDS
            .iter()
            .map(|kind| {
                vec![
                    kind.name.to_owned(),
                    kind.title().say(language).to_owned(),
                    from(kind),
                    summary(kind, language),
                ]
            })
            .collect(),
        numeric: Vec::new(),
    }
    .text()
        + &say(
            "Quy tắc do chính sách chọn và chỉ tiêu có thể là quy tắc mềm: bảng soft (rule,price,basis) ghi số điểm bị trừ cho mỗi đơn vị không đạt (một đề án, một trọng điểm, một triệu đồng).\n",
            "Rules chosen by a policy, and targets, may be soft: table soft (rule,price,basis) says how many points each unit of breach costs (a project, a focal point, a million đồng).\n",
        )
}

/// The first sentence of a manual in a language.
fn summary(kind: &Kind, language: Language) -> String {
    let manual = kind.manual();
    let paragraph = manual.split("\n\n").find(|paragraph| match language {
        Language::Vietnamese => paragraph.starts_with("Tiếng Việt:"),
        Language::English => !paragraph.starts_with('#'),
    });
    let text = paragraph.unwrap_or_default().replace('\n', " ");
    let text = text.trim_start_matches("Tiếng Việt:").trim();
    let mut first = text
        .split_inclusive(". ")
        .next()
        .unwrap_or(text)
        .trim()
        .to_owned();
    if let Some(letter) = first.chars().next() {
        first.replace_range(..letter.len_utf8(), &letter.to_uppercase().to_string());
    }
    first
}
