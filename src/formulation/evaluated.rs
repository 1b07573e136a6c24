//! What a plan is worth by a formulation, and by how much it misses its rows: exactly, in integers.

use std::cell::OnceCell;

use super::{Formulation, Helper, Price, Taken};

impl Formulation {
    /// The value of every helper for the decisions taken, by its witness.
    #[must_use]
    pub fn witnesses(&self, taken: &Taken<'_>) -> Vec<i64> {
        let all = self.witnessed(taken, |_| true);
        all.map(|(_, value)| value).collect()
    }

    /// Some helpers with their values. Those of a problem that this one was joined from see a plan of that,
    /// which is made once for all of them.
    fn witnessed<'a>(
        &'a self,
        taken: &'a Taken<'a>,
        is_asked: impl Fn(&Helper) -> bool + 'a,
    ) -> impl Iterator<Item = (&'a Helper, i64)> + 'a {
        let whole = OnceCell::new();
        let helpers = self.helpers.iter().enumerate();
        let asked = helpers.filter(move |(_, helper)| is_asked(helper));
        asked.map(move |(at, helper)| {
            let origin = self.origin.as_ref();
            let value = match origin.and_then(|own| Some((own, own.witnesses.get(at)?))) {
                Some((origin, witness)) => {
                    witness(&Taken(whole.get_or_init(|| origin.standing_for(taken))))
                }
                None => (helper.witness)(taken),
            };
            (helper, value)
        })
    }

    /// By how much each row is missed, in its own units; 0 where it is kept.
    #[must_use]
    pub fn misses(&self, taken: &Taken<'_>) -> Vec<i128> {
        let helpers = self.witnesses(taken);
        self.rows
            .iter()
            .map(|row| row.missed(taken, &helpers))
            .collect()
    }

    /// Whether the decisions taken satisfy every row, exactly.
    #[must_use]
    pub fn admits(&self, taken: &Taken<'_>) -> bool {
        self.misses(taken).iter().all(|&missed| missed == 0)
    }

    /// Whether any plan is better than another.
    #[must_use]
    pub fn has_objective(&self) -> bool {
        let is_priced = self.helpers.iter().any(|helper| helper.price.is_some());
        is_priced || self.benefit.iter().any(|&benefit| benefit != 0)
    }

    /// The benefit of the decisions taken less the price of what they break, in thousandths of a
    /// point.
    #[must_use]
    pub fn value(&self, taken: &Taken<'_>) -> i64 {
        let pairs = taken.0.iter().zip(&self.benefit);
        let benefit: i64 = pairs
            .filter(|(taken, _)| **taken)
            .map(|(_, benefit)| benefit)
            .sum();
        let priced = self.witnessed(taken, |helper| helper.price.is_some());
        let priced = priced.filter_map(|(helper, value)| Some((helper.price?, value)));
        benefit - Price::cost(priced)
    }
}
