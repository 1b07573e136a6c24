//! The one selection language: which projects a rule speaks of, and what it is said for each of.
//!
//! A selector is tests joined by `&`: `kind=pilot`, `tag=green`, `group=women`,
//! `activity=machinery`, `zone=…`, `area=…`, `class=difficult`, `sector!=none`, `unit=…`,
//! `beneficiary_type=cooperative`, `counterpart=yes` (or `no`, `unknown`: whether the beneficiary has
//! committed its share), `project=…`, `advantage>=50%`, `support<50` (million đồng), `jobs>=10`,
//! `fund=local`, `level=national`, `year>=2029`. Values may be alternatives, joined by `|`. Blank
//! selects everything.
//!
//! `fund`, `level` and `year` look at payments: of money, what the fund pays in the year is
//! selected; a count takes projects that the fund pays some of, by the year in which they start.
//! Of a count each such test is judged on its own: `=` holds if any fund that pays some of the
//! project is named, `!=` if none is; with `each=fund` a project counts for every fund that pays some
//! of it. An amount given as a percentage of the ceilings is one of the yearly ceilings selected
//! alike, before management; a ceiling of the whole programme is not among them.
//!
//! `none` stands for no area, zone, class, sector or unit; a class may be `unknown`. `!=` means none
//! of the alternatives: `tag!=green` selects projects without that mark, and `activity!=machinery`
//! those with any other content. `support` is that of the whole variant, in all years.
//!
//! A project is selected if any of its contents is: its money counts whole, a quantity only by the
//! selected contents. A figure that is unknown satisfies no comparison.

mod claim;
mod each;
mod measured;
mod test;

pub use claim::{Bound, Claim};
pub use each::{Case, Dimension, Each};
pub use measured::{Base, Proportion, counted};
pub use test::Test;

use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::plan::{Decision, Payment};
use crate::programme::{Content, FundId, Programme};
use crate::quantities::Year;
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

    /// Whether it selects by fund, level and year alone, whatever the project.
    #[must_use]
    pub fn is_of_money_only(&self) -> bool {
        self.tests.iter().all(Test::is_of_money)
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

    /// Whether what the decision pays so is selected: any of its contents satisfies every test of
    /// the project, and fund and year those of money.
    #[must_use]
    pub fn pays(&self, programme: &Programme, decision: &Decision, payment: &Payment) -> bool {
        self.covers(programme, payment.fund, payment.year) && self.is_of(programme, decision)
    }

    /// What the decision spends in the case's year and fund that is selected, in đồng, whatever
    /// its place.
    #[must_use]
    pub fn spent(&self, programme: &Programme, case: &Case, decision: &Decision) -> i64 {
        if !self.is_of(programme, decision) {
            return 0;
        }
        let payments = decision.payments(programme);
        payments
            .filter(|payment| case.covers(payment))
            .filter(|payment| self.covers(programme, payment.fund, payment.year))
            .map(|payment| payment.amount.0)
            .sum()
    }

    /// The ceilings of the case's year and fund that are selected, together, in đồng.
    #[must_use]
    pub fn ceilings(&self, programme: &Programme, case: &Case) -> i64 {
        case.ceilings(programme, |fund, year| self.covers(programme, fund, year))
    }

    /// Whether the tests of fund, level and year hold.
    fn covers(&self, programme: &Programme, fund: FundId, year: Year) -> bool {
        self.tests
            .iter()
            .all(|test| test.holds_for(programme, fund, year))
    }

    /// Whether any content of the decision satisfies every test of the project.
    fn is_of(&self, programme: &Programme, decision: &Decision) -> bool {
        let mut contents = decision.variant(programme).contents.iter();
        self.is_of_money_only()
            || contents.any(|content| {
                let mut tests = self.tests.iter().filter(|test| !test.is_of_money());
                tests.all(|test| test.holds(programme, decision, content))
            })
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

    /// Marks, groups and types of beneficiary in it that no candidate bears, each with its key.
    #[must_use]
    pub fn borne_by_none(&self, programme: &Programme) -> Vec<(&'static str, String)> {
        let tests = self.tests.iter();
        tests
            .flat_map(|test| test.borne_by_none(programme))
            .collect()
    }

    /// The projects selected, as part of a sentence.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        if self.is_everything() {
            return Phrase::new("mọi đề án", "all projects");
        }
        let (of_money, of_projects): (Vec<&Test>, Vec<&Test>) =
            self.tests.iter().partition(|test| test.is_of_money());
        let noun = of_projects
            .iter()
            .find_map(|test| Some((*test, test.as_noun()?)));
        let mut others = of_projects;
        others.retain(|test| noun.as_ref().is_none_or(|(own, _)| own != test));
        let all = joined(&others, " và ", " and ");
        let projects = match noun.map(|(_, noun)| noun) {
            None if others.is_empty() => Phrase::new("mọi đề án", "all projects"),
            None => phrase!("đề án {all}", "projects with {all}"; all),
            Some(noun) if others.is_empty() => noun,
            Some(noun) => phrase!("{noun} {all}", "{noun} with {all}"; noun, all),
        };
        if of_money.is_empty() {
            return projects;
        }
        let money = joined(&of_money, ", ", ", ");
        phrase!("{projects} ({money})", "{projects} ({money})"; projects, money)
    }
}

/// The tests in words, one after another.
fn joined(tests: &[&Test], vi: &str, en: &str) -> Phrase {
    let parts: Vec<Phrase> = tests.iter().map(|test| test.phrase()).collect();
    let say = |language: Language, and: &str| {
        let parts: Vec<&str> = parts.iter().map(|part| part.say(language)).collect();
        parts.join(and)
    };
    Phrase::new(say(Language::Vietnamese, vi), say(Language::English, en))
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
