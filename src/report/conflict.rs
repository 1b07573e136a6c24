//! A conflict in words.

use crate::analysis::Conflict;
use crate::phrase;
use crate::phrase::Language;
use crate::problem::Problem;

/// Which rules cannot hold together, with their sentences.
#[must_use]
pub fn conflict_text(problem: &Problem<'_>, conflict: &Conflict, language: Language) -> String {
    let of_facts = |label: &String| {
        let mut standing = problem.standing().iter();
        standing.any(|own| own.is_of_facts && !own.is_target() && &own.rule.label() == label)
    };
    let heading = if conflict.rules.iter().all(of_facts) {
        phrase!(
            "Ngay các dữ liệu đầu vào (trần kinh phí, cam kết, năng lực, quan hệ giữa các đề án) đã mâu thuẫn với nhau:",
            "The facts alone (ceilings, commitments, capacity, relations) admit no plan:"
        )
    } else {
        phrase!(
            "Cùng với dữ liệu, các quy tắc sau không thể đồng thời được giữ:",
            "Given the facts, these rules cannot hold together:"
        )
    };
    let mut text = heading.say(language).to_owned() + "\n";
    for label in &conflict.rules {
        let rules = problem.standing().iter();
        let sentence = rules
            .filter(|own| &own.rule.label() == label)
            .map(|own| own.rule.sentence())
            .next();
        let sentence = sentence.unwrap_or_default();
        text += &format!("  {label}\n      {}\n", sentence.say(language));
    }
    let demands = problem.demands().labels(problem.programme());
    if !demands.is_empty() {
        let demands = demands.join(", ");
        let note = phrase!(
            "Kịch bản còn yêu cầu: {demands}.",
            "The scenario also asks: {demands}."
        );
        text += note.say(language);
        text.push('\n');
    }
    if !conflict.undecided.is_empty() {
        let names = conflict.undecided.join(", ");
        let note = phrase!(
            "Chưa xét xong trong thời gian cho phép, nên có thể thừa: {names}.",
            "Not settled in the time allowed, so perhaps not needed: {names}."
        );
        text += note.say(language);
        text.push('\n');
    }
    if let Some(first) = conflict.rules.first() {
        let advice = phrase!(
            "Hãy thử bỏ hoặc nới một trong các quy tắc, ví dụ: trongdiem plan … --without '{first}'",
            "Leave one of them out or loosen it, as: trongdiem plan … --without '{first}'"
        );
        text += advice.say(language);
        text.push('\n');
    }
    text
}
