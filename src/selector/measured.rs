//! What a rule measures of a decision in one case: money, money of a base, projects, quantities.

use super::{Case, Each, Selector};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Payment, Plan};
use crate::programme::{Counted, Programme};
use crate::quantities::Money;
use crate::record::{Cell, Fault};
use crate::words;

words! {
    /// What a share is a share of.
    pub enum Base {
        /// What is spent.
        Spent = "spent",
        /// The ceilings.
        Ceiling = "ceiling",
    }
}

/// A share of money: the selected part of a base, case by case.
#[derive(Debug, Clone, Copy)]
pub struct Proportion<'a> {
    /// What is measured.
    pub select: &'a Selector,
    /// What it is a part of; what is measured must belong to it.
    pub of: &'a Selector,
    /// Whether the base is what is spent or the ceilings.
    pub base: Base,
    /// For each of what it is said.
    pub each: &'a Each,
    /// Whether places and units split the base too; years and funds always do.
    pub within: bool,
}

impl Proportion<'_> {
    /// What of a decision is measured in a case, in đồng.
    #[must_use]
    pub fn part(&self, programme: &Programme, case: &Case, decision: &Decision) -> i64 {
        if !case.holds(programme, decision) {
            return 0;
        }
        let payments = decision.payments(programme);
        payments
            .filter(|payment| self.is_part(programme, case, decision, payment))
            .map(|payment| payment.amount.0)
            .sum()
    }

    /// What of a decision belongs to the base in a case, in đồng; nothing where the base is the
    /// ceilings.
    #[must_use]
    pub fn whole(&self, programme: &Programme, case: &Case, decision: &Decision) -> i64 {
        let counted = self.base == Base::Spent && (!self.within || case.holds(programme, decision));
        if counted {
            self.of.spent(programme, case, decision)
        } else {
            0
        }
    }

    /// The base that no decision changes, in đồng: the ceilings, or nothing.
    #[must_use]
    pub fn fixed(&self, programme: &Programme, case: &Case) -> i64 {
        match self.base {
            Base::Spent => 0,
            Base::Ceiling => self.of.ceilings(programme, case),
        }
    }

    /// What a plan spends on what is measured, and on the base, in a case, in đồng.
    #[must_use]
    pub fn spent(&self, programme: &Programme, case: &Case, plan: &Plan) -> (i64, i64) {
        let part = plan.spent(programme, |d, payment| {
            case.holds(programme, d) && self.is_part(programme, case, d, payment)
        });
        let whole = match self.base {
            Base::Spent => plan.spent(programme, |d, payment| {
                case.covers(payment)
                    && (!self.within || case.holds(programme, d))
                    && self.of.pays(programme, d, payment)
            }),
            Base::Ceiling => Money(self.of.ceilings(programme, case)),
        };
        (part.0, whole.0)
    }

    /// Whether a payment is measured and belongs to the base.
    fn is_part(
        &self,
        programme: &Programme,
        case: &Case,
        decision: &Decision,
        payment: &Payment,
    ) -> bool {
        case.covers(payment)
            && self.select.pays(programme, decision, payment)
            && self.of.pays(programme, decision, payment)
    }

    /// What in it does not fit the programme.
    #[must_use]
    pub fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let mut faults = self.select.faults(programme);
        faults.extend(self.of.faults(programme));
        if self.base == Base::Ceiling && !self.of.is_of_money_only() {
            faults.push(
                Fault::of(
                    "base",
                    phrase!(
                        "trần kinh phí không chia theo đề án được",
                        "ceilings cannot be divided by project"
                    ),
                    phrase!(
                        "khi base là ceiling, cột of để trống hoặc chỉ nêu fund, level, year",
                        "where base is ceiling, leave `of` blank or name fund, level or year only"
                    ),
                )
                .column("of"),
            );
        }
        faults
    }

    /// “of what is spent on …”, as part of a sentence.
    #[must_use]
    pub fn base_phrase(&self) -> Phrase {
        let of = self.of.phrase();
        match self.base {
            Base::Ceiling if self.of.is_everything() => phrase!("trần kinh phí", "the ceilings"),
            Base::Ceiling => phrase!("trần kinh phí cho {of}", "the ceilings for {of}"; of),
            Base::Spent if self.of.is_everything() => phrase!("tổng kinh phí chi", "what is spent"),
            Base::Spent => phrase!("kinh phí chi cho {of}", "what is spent on {of}"; of),
        }
    }

    /// The parts of a rule's label.
    #[must_use]
    pub fn label_parts(&self) -> Vec<String> {
        let of = match (self.base, self.of.is_everything()) {
            (Base::Ceiling, true) => "of ceiling".to_owned(),
            (Base::Ceiling, false) => format!("of ceiling {}", self.of.print()),
            (Base::Spent, true) => String::new(),
            (Base::Spent, false) => format!("of {}", self.of.print()),
        };
        let within = if self.within { "within" } else { "" };
        vec![
            self.select.print(),
            of,
            self.each.label(),
            within.to_owned(),
        ]
    }
}

/// What a count takes of a decision in a case: 1 for a project, or the selected quantity.
#[must_use]
pub fn counted(
    programme: &Programme,
    case: &Case,
    select: &Selector,
    what: Counted,
    decision: &Decision,
) -> i64 {
    if !case.counts(programme, decision) {
        return 0;
    }
    match what {
        Counted::Projects => i64::from(select.selects(programme, decision)),
        Counted::Quantity => select.quantity(programme, decision),
    }
}
