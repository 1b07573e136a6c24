//! What rules ask of one and the same thing, so that a floor above a cap is seen before any solve.

use super::{Base, Case, Each, Proportion, Selector};
use crate::phrase;
use crate::phrase::Phrase;
use crate::programme::{Counted, FundId, Programme};
use crate::quantities::{Money, Share, Year};
use crate::record::Cell;

/// A floor or a cap, in the smallest unit of what is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// At least so much.
    AtLeast(i128),
    /// At most so much.
    AtMost(i128),
}

/// What a rule asks of a measure. Two claims can be compared where their measures are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The finding that it stands for.
    pub label: String,
    /// What is measured: alike in every rule that measures the same.
    pub measure: String,
    /// The floor or cap.
    pub bound: Bound,
    /// The bound in words.
    pub said: Phrase,
    /// The column of the rule's table that holds the bound.
    pub column: &'static str,
    /// Whether the ceilings say so, not the rule itself: it says nothing where they are left out.
    pub is_of_ceilings: bool,
}

impl Bound {
    /// Its number.
    #[must_use]
    pub fn value(self) -> i128 {
        match self {
            Bound::AtLeast(value) | Bound::AtMost(value) => value,
        }
    }

    fn say(self, of: impl Fn(i64) -> Phrase, parts: i128) -> Phrase {
        let value = of(i64::try_from(self.value() / parts).unwrap_or(i64::MAX));
        match self {
            Bound::AtLeast(_) => phrase!("tối thiểu {value}", "at least {value}"; value),
            Bound::AtMost(_) => phrase!("tối đa {value}", "at most {value}"; value),
        }
    }
}

impl Claim {
    /// A claim on any measure that rules agree to name alike.
    #[must_use]
    pub fn new(
        label: String,
        measure: String,
        bound: Bound,
        said: Phrase,
        column: &'static str,
    ) -> Claim {
        Claim {
            label,
            measure,
            bound,
            said,
            column,
            is_of_ceilings: false,
        }
    }

    /// A claim on how many projects, or how much of what they make, is selected in a case.
    #[must_use]
    pub fn of_count(
        label: String,
        select: &Selector,
        counted: Counted,
        (each, case): (&Each, &str),
        bound: Bound,
    ) -> Claim {
        let measure = format!(
            "count {}|{}|{}",
            counted.word(),
            tests(&[select]),
            place(each, case)
        );
        let said = bound.say(|count| phrase!("{count}", "{count}"; count), 1);
        Claim::new(label, measure, bound, said, "count")
    }

    /// A claim on the money that is selected in a case, in ten-thousandths of a đồng.
    #[must_use]
    pub fn of_money(
        label: String,
        selects: &[&Selector],
        (each, case): (&Each, &Case),
        bound: Bound,
    ) -> Claim {
        let measure = format!("money|{}|{}", tests(selects), place(each, &case.name));
        let said = bound.say(
            |dong| {
                let money = Money(dong);
                phrase!("{money}", "{money}"; money)
            },
            i128::from(Share::WHOLE),
        );
        Claim::new(label, measure, bound, said, "amount")
    }

    /// A floor on the money that is selected in a case, in ten-thousandths of a đồng, with what the
    /// ceilings that it speaks of allow.
    #[must_use]
    pub fn of_floor(
        programme: &Programme,
        label: &str,
        selects: &[&Selector],
        (each, case): (&Each, &Case),
        least: i128,
    ) -> Vec<Claim> {
        let claim = |bound| Claim::of_money(label.to_owned(), selects, (each, case), bound);
        let mut claims = vec![claim(Bound::AtLeast(least))];
        if let Some(most) = most_payable(programme, case, selects) {
            let most = i128::from(most) * i128::from(Share::WHOLE);
            claims.push(Claim {
                is_of_ceilings: true,
                ..claim(Bound::AtMost(most))
            });
        }
        claims
    }

    /// What a share asks in a case: a floor if `is_floor`, else a cap. A share of the ceilings is a
    /// claim on money.
    #[must_use]
    pub fn of_share(
        programme: &Programme,
        label: &str,
        proportion: &Proportion<'_>,
        case: &Case,
        (share, is_floor): (Share, bool),
    ) -> Vec<Claim> {
        let bound = if is_floor {
            Bound::AtLeast
        } else {
            Bound::AtMost
        };
        let (select, of, each) = (proportion.select, proportion.of, proportion.each);
        if proportion.base == Base::Ceiling {
            let amount = share.of(proportion.fixed(programme, case));
            let selects = [select, of];
            let mut claims = if is_floor {
                Claim::of_floor(programme, label, &selects, (each, case), amount)
            } else {
                let place = (each, case);
                vec![Claim::of_money(
                    label.to_owned(),
                    &selects,
                    place,
                    bound(amount),
                )]
            };
            for claim in &mut claims {
                claim.column = "share";
            }
            return claims;
        }
        let measure = format!(
            "share|{}|{}|{}|{}",
            tests(&[select]),
            tests(&[of]),
            proportion.within,
            place(each, &case.name)
        );
        let bound = bound(i128::from(share.0));
        let said = bound.say(
            |points| {
                let share = Share(points);
                phrase!("{share}", "{share}"; share)
            },
            1,
        );
        vec![Claim::new(label.to_owned(), measure, bound, said, "share")]
    }
}

/// The tests of selectors together, whatever their order.
fn tests(selects: &[&Selector]) -> String {
    let all = selects.iter().flat_map(|select| &select.tests);
    let mut texts: Vec<String> = all.map(ToString::to_string).collect();
    texts.sort_unstable();
    texts.dedup();
    texts.join("&")
}

/// A case, whatever the order in which a rule names what it is said for each of.
fn place(each: &Each, case: &str) -> String {
    let sorted = |text: &str, by: char| {
        let mut parts: Vec<&str> = text.split(by).collect();
        parts.sort_unstable();
        parts.join(",")
    };
    format!("{}|{}", sorted(&each.print(), '&'), sorted(case, ','))
}

/// The most that the ceilings leave for what selectors together select in a case, in đồng, whatever
/// is carried over; `None` where repayments could add to it.
fn most_payable(programme: &Programme, case: &Case, selects: &[&Selector]) -> Option<i64> {
    let mut most = 0;
    for fund in programme
        .fund_ids()
        .filter(|&fund| case.fund.is_none_or(|own| own == fund))
    {
        let covers = |year: &Year| {
            case.year.is_none_or(|own| own == *year)
                && selects
                    .iter()
                    .all(|select| select.covers(programme, fund, *year))
        };
        let years: Vec<Year> = programme.years.iter().copied().filter(covers).collect();
        let Some(&last) = years.last() else { continue };
        if !programme.funds[fund.index()].repaid.is_empty() {
            return None;
        }
        most += payable(programme, fund, &years, last);
    }
    Some(most)
}

/// What a fund can pay in some years: their ceilings, and those of the years before where money is
/// carried over.
fn payable(programme: &Programme, fund: FundId, years: &[Year], last: Year) -> i64 {
    let carries = programme.funds[fund.index()].carry_over.is_some();
    let adds = |year: &Year| {
        if carries {
            *year <= last
        } else {
            years.contains(year)
        }
    };
    let own = programme.years.iter().copied().filter(adds);
    let by_year: i64 = own.map(|year| programme.spendable(fund, year).0).sum();
    let whole = programme.whole_ceilings[fund.index()];
    let whole = whole.map(|amount| programme.without_management(fund, amount).0);
    whole.map_or(by_year, |whole| whole.min(by_year))
}
