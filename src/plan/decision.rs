//! One decision: a project, in a scope, paid by a source, from a year on, run by a unit.

use crate::programme::{
    Commitment, FundId, Level, Programme, ProjectId, SourceId, UnitId, Variant, VariantId,
};
use crate::quantities::{Money, Share, Year};

/// The decision `x[p,v,s,f,u]`: project p in variant v starts in year s, paid by source f, run by
/// unit u where the project names any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decision {
    /// The project.
    pub project: ProjectId,
    /// Its scope.
    pub variant: VariantId,
    /// What pays.
    pub source: SourceId,
    /// The year in which it starts.
    pub start: Year,
    /// Who runs it.
    pub unit: Option<UnitId>,
}

/// Money that a decision takes from a fund in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    /// The fund.
    pub fund: FundId,
    /// The year.
    pub year: Year,
    /// The amount.
    pub amount: Money,
}

impl Decision {
    /// Every decision of a project: its variants, the programme's years and sources, its units,
    /// whatever gates say.
    pub fn all_of(
        programme: &Programme,
        project: ProjectId,
    ) -> impl Iterator<Item = Decision> + '_ {
        let own = programme.project(project);
        let variants = (0..own.variants.len()).map(VariantId::at);
        variants.flat_map(move |variant| {
            programme.years.iter().flat_map(move |&start| {
                let sources = (0..programme.sources.len()).map(SourceId::at);
                sources.flat_map(move |source| {
                    let nobody = own.units.is_empty().then_some(None);
                    let units = own.units.iter().copied().map(Some).chain(nobody);
                    units.map(move |unit| Decision {
                        project,
                        variant,
                        source,
                        start,
                        unit,
                    })
                })
            })
        })
    }

    /// The variant decided on.
    #[must_use]
    pub fn variant<'a>(&self, programme: &'a Programme) -> &'a Variant {
        &programme.project(self.project).variants[self.variant.index()]
    }

    /// The support granted, all years and funds.
    #[must_use]
    pub fn support(&self, programme: &Programme) -> Money {
        self.variant(programme).support()
    }

    /// The last year in which the project is open.
    #[must_use]
    pub fn last_open(&self, programme: &Programme) -> Year {
        programme.project(self.project).last_open(self.start)
    }

    /// Whether `fund` pays any of it.
    #[must_use]
    pub fn is_paid_by(&self, programme: &Programme, fund: FundId) -> bool {
        let parts = &programme.sources[self.source.index()].parts;
        parts.iter().any(|&(part, _)| part == fund)
    }

    /// The levels of the funds that pay.
    pub fn levels<'a>(&self, programme: &'a Programme) -> impl Iterator<Item = Level> + 'a {
        let parts = &programme.sources[self.source.index()].parts;
        parts
            .iter()
            .map(|&(fund, _)| programme.funds[fund.index()].level)
    }

    /// What it takes from each fund in each year of the programme. The support is spread over the
    /// years by the project's profile and over the funds by the source's shares, rounded down to
    /// the đồng, the last year and the last fund taking the remainder. Payments after the
    /// programme's last year, which only a commitment can have, lie outside it and are not listed.
    pub fn payments<'a>(&self, programme: &'a Programme) -> impl Iterator<Item = Payment> + 'a {
        let project = programme.project(self.project);
        let parts = &programme.sources[self.source.index()].parts;
        let (start, last) = (self.start, programme.last_year());
        let years = project.instalments(self.support(programme)).enumerate();
        years
            .map(move |(age, amount)| (start.plus(age), amount))
            .filter(move |&(year, amount)| year <= last && amount > Money::ZERO)
            .flat_map(move |(year, amount)| {
                split(amount, parts).map(move |(fund, amount)| Payment { fund, year, amount })
            })
    }
}

impl Decision {
    /// What comes back of its payments to each fund in each year of the programme.
    pub fn repayments<'a>(&self, programme: &'a Programme) -> impl Iterator<Item = Payment> + 'a {
        let payments = self.payments(programme);
        payments.flat_map(move |payment| payment.repayments(programme))
    }
}

impl Payment {
    /// What comes back of it to its fund in each year of the programme: of a fund that is repaid, its
    /// percentage for each year after, rounded down to the đồng.
    pub fn repayments(self, programme: &Programme) -> impl Iterator<Item = Payment> + '_ {
        let last = programme.last_year();
        let percentages = programme.funds[self.fund.index()].repaid.iter();
        percentages
            .zip(1..)
            .map(move |(&percent, after)| Payment {
                year: self.year.plus(after),
                amount: self.amount.percent(percent),
                ..self
            })
            .filter(move |back| back.year <= last && back.amount > Money::ZERO)
    }
}

fn split(amount: Money, parts: &[(FundId, Share)]) -> impl Iterator<Item = (FundId, Money)> + '_ {
    let mut left = amount;
    parts
        .iter()
        .enumerate()
        .map(move |(position, &(fund, share))| {
            let whole = i128::from(Share::WHOLE);
            let part = i64::try_from(share.of(amount.0) / whole).unwrap_or(amount.0);
            let part = if position + 1 == parts.len() {
                left
            } else {
                Money(part)
            };
            left -= part;
            (fund, part)
        })
}

impl From<Commitment> for Decision {
    fn from(promise: Commitment) -> Decision {
        Decision {
            project: promise.project,
            variant: promise.variant,
            source: promise.source,
            start: promise.start,
            unit: promise.unit,
        }
    }
}
