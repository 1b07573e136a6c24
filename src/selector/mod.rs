//! The one selection language: which projects a rule speaks of, and what it is said for each of.
//!
//! A selector is tests joined by `&`: `kind=pilot`, `tag=green`, `group=women`,
//! `activity=machinery`, `zone=…`, `area=…`, `class=difficult`, `sector!=none`, `unit=…`,
//! `beneficiary_type=cooperative`, `project=…`, `advantage>=50%`, `support<50` (million đồng),
//! `jobs>=10`. Values may be alternatives, joined by `|`. Blank selects everything.
//!
//! `none` stands for no area, zone, class, sector or unit; a class may be `unknown`. `!=` means none
//! of the alternatives: `tag!=green` selects projects without that mark, and `activity!=machinery`
//! those with any other content. `support` is that of the whole variant, in all years.
//!
//! A project is selected if any of its contents is: its money counts whole, a quantity only by the
//! selected contents. A figure that is unknown satisfies no comparison.

mod each;
mod measured;
mod test;

pub use each::{Case, Dimension, Each};
pub use measured::{Base, Proportion, counted};
pub use test::Test;

use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Decision;
use crate::programme::{Content, Programme};
use crate::record::{Cell, Fault};

/// Tests that must all hold; without any, everything is selected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selector {
    tests: Vec<Test>,
}

impl Selector {
    /// Whether it selects everything.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.tests.is_empty()
    }

    /// Whether the decision is selected: any of its contents satisfies every test.
    #[must_use]
    pub fn selects(&self, programme: &Programme, decision: &Decision) -> bool {
        let contents = &decision.variant(programme).contents;
        self.is_everything()
            || contents
                .iter()
                .any(|content| self.selects_content(programme, decision, content))
    }

    /// Whether one content of the decision satisfies every test.
    #[must_use]
    pub fn selects_content(
        &self,
        programme: &Programme,
        decision: &Decision,
        content: &Content,
    ) -> bool {
        self.tests
            .iter()
            .all(|test| test.holds(programme, decision, content))
    }

    /// The quantity of the decision's selected contents.
    #[must_use]
    pub fn quantity(&self, programme: &Programme, decision: &Decision) -> i64 {
        let contents = &decision.variant(programme).contents;
        let selected = contents
            .iter()
            .filter(|content| self.selects_content(programme, decision, content));
        selected.map(|content| content.quantity).sum()
    }

    /// Names in it that no table of the programme knows.
    #[must_use]
    pub fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let unknown = self.tests.iter().flat_map(|test| test.unknown(programme));
        unknown
            .map(|(key, value)| {
                Fault::of(
                    "selector",
                    phrase!(
                        "“{key}={value}”: chương trình này không có “{value}”",
                        "“{key}={value}”: this programme has no “{value}”"
                    ),
                    phrase!(
                        "hãy sửa giá trị, hoặc bỏ quy tắc đối với chương trình này",
                        "mend the value, or leave the rule out for this programme"
                    ),
                )
            })
            .collect()
    }

    /// The projects selected, as part of a sentence.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        if self.is_everything() {
            return Phrase::new("mọi đề án", "all projects");
        }
        let parts: Vec<Phrase> = self.tests.iter().map(Test::phrase).collect();
        let join = |parts: Vec<&str>, and: &str| parts.join(and);
        let vi = join(parts.iter().map(|part| part.vi.as_str()).collect(), " và ");
        let en = join(parts.iter().map(|part| part.en.as_str()).collect(), " and ");
        phrase!("đề án {vi}", "projects with {en}")
    }
}

impl Cell for Selector {
    const ALLOWED: &'static str = "a selector, as `kind=pilot&tag=green`; blank: everything";
    const MAY_BE_BLANK: bool = true;

    fn parse(text: &str) -> Result<Self, Phrase> {
        let parts = text
            .split('&')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let tests = parts.map(Test::parse).collect::<Result<_, _>>()?;
        Ok(Selector { tests })
    }

    fn print(&self) -> String {
        let tests: Vec<_> = self.tests.iter().map(Test::to_string).collect();
        tests.join("&")
    }
}
