//! The notation that rules are written in: decisions, helper columns, labelled integer rows.
//!
//! Every coefficient is an integer, so a row can be read, printed and evaluated exactly. Nothing
//! here knows which solver will run, nor what a row means.

mod altered;
mod certificate;
mod cover;
mod derivations;
mod evaluated;
mod helper;
mod joined;
mod lp;
mod mps;
mod names;
mod occupancy;
mod portion;
mod row;
mod soft;
mod taken;

use std::ops::Range;
use std::sync::Arc;

pub use crate::plan::Decision;
use crate::programme::ProjectId;
pub use certificate::{Certificate, STEP};
pub use cover::Floor;
pub use derivations::Derivations;
pub use helper::{AMOUNT_UNIT, Helper, Values, Witness};
pub use names::Exported;
pub use occupancy::Occupancy;
pub use portion::Portion;
pub use row::{Column, Row, Sense, gcd};
pub use soft::{Grain, Price};
pub use taken::Taken;

/// A decision, by its position in a formulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId(pub u32);

/// A helper column, by its position in a formulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HelperId(pub u32);

impl DecisionId {
    /// The identifier of a position.
    #[must_use]
    pub fn at(position: usize) -> DecisionId {
        DecisionId(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// The position.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl HelperId {
    /// The identifier of a position.
    #[must_use]
    pub fn at(position: usize) -> HelperId {
        HelperId(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// The position.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Integer multiples of decisions.
pub type Linear = Vec<(DecisionId, i64)>;

/// A whole problem: decisions in column order with their benefit, helper columns, rows.
#[derive(Debug, Clone, Default)]
pub struct Formulation {
    decisions: Vec<Decision>,
    names: Vec<String>,
    benefit: Vec<i64>,
    groups: Vec<Range<usize>>,
    helpers: Vec<Helper>,
    rows: Vec<Row>,
    not_applicable: Vec<String>,
    /// What a breach of the limits that are being added costs; `None`: they hold.
    softness: Option<i64>,
    /// The problem that this one was joined from.
    origin: Option<Arc<joined::Origin>>,
}

impl Formulation {
    /// The problem of taking some of `decisions`, each with a name and its benefit in thousandths
    /// of a point, at most one of each project. The decisions of a project stand together;
    /// `project_name` names their row.
    pub fn new(
        decisions: Vec<(Decision, String, i64)>,
        project_name: impl Fn(&Decision) -> String,
    ) -> Formulation {
        let mut formulation = Formulation::default();
        for (decision, name, benefit) in decisions {
            let position = formulation.decisions.len();
            match formulation.groups.last_mut() {
                Some(group) if formulation.decisions[group.start].project == decision.project => {
                    group.end = position + 1;
                }
                _ => formulation.groups.push(position..position + 1),
            }
            formulation.decisions.push(decision);
            formulation.names.push(name);
            formulation.benefit.push(benefit);
        }
        for group in formulation.groups.clone() {
            let label = format!(
                "once[{}]",
                project_name(&formulation.decisions[group.start])
            );
            let terms = group
                .map(|position| (DecisionId::at(position), 1))
                .collect();
            formulation.at_most(label, terms, 1);
        }
        formulation
    }

    /// Every decision with its identifier, in column order.
    pub fn decisions(&self) -> impl Iterator<Item = (DecisionId, &Decision)> {
        self.decisions
            .iter()
            .enumerate()
            .map(|(position, decision)| (DecisionId::at(position), decision))
    }

    /// The decision of an identifier.
    #[must_use]
    pub fn decision(&self, id: DecisionId) -> &Decision {
        &self.decisions[id.index()]
    }

    /// The name of a decision.
    #[must_use]
    pub fn decision_name(&self, id: DecisionId) -> &str {
        &self.names[id.index()]
    }

    /// The identifier of a decision; `None` if it is not among them.
    #[must_use]
    pub fn find(&self, decision: &Decision) -> Option<DecisionId> {
        let mut group = self.group(decision.project)?;
        group
            .find(|&position| &self.decisions[position] == decision)
            .map(DecisionId::at)
    }

    /// The benefit of every decision in column order, in thousandths of a point.
    #[must_use]
    pub fn benefit(&self) -> &[i64] {
        &self.benefit
    }

    /// The positions of each project's decisions.
    #[must_use]
    pub fn groups(&self) -> &[Range<usize>] {
        &self.groups
    }

    /// The project of each decision, by position among the groups.
    #[must_use]
    pub fn group_of(&self) -> Vec<usize> {
        let mut group_of = vec![0; self.benefit.len()];
        for (position, group) in self.groups.iter().enumerate() {
            group_of[group.clone()].fill(position);
        }
        group_of
    }

    /// The helper columns.
    #[must_use]
    pub fn helpers(&self) -> &[Helper] {
        &self.helpers
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Labels of floors over selections without any admissible candidate: said, but not asked.
    #[must_use]
    pub fn left_out(&self) -> &[String] {
        &self.not_applicable
    }

    /// Notes that a case of a rule asks for what no admissible candidate can give.
    pub fn not_applicable(&mut self, label: String) {
        self.not_applicable.push(label);
    }

    /// The multiples that `coefficient` gives the decisions, zeros left out.
    pub fn linear(&self, coefficient: impl Fn(&Decision) -> i64) -> Linear {
        self.multiples(0..self.decisions.len(), coefficient)
    }

    /// [`Formulation::linear`] over the decisions of some projects alone, given in order.
    pub fn linear_of(
        &self,
        projects: &[ProjectId],
        coefficient: impl Fn(&Decision) -> i64,
    ) -> Linear {
        let own = projects.iter().filter_map(|project| self.group(*project));
        self.multiples(own.flatten(), coefficient)
    }

    fn multiples(
        &self,
        positions: impl Iterator<Item = usize>,
        coefficient: impl Fn(&Decision) -> i64,
    ) -> Linear {
        let multiple = |position| {
            let own = coefficient(&self.decisions[position]);
            (DecisionId::at(position), own)
        };
        let all = positions.map(multiple);
        all.filter(|&(_, multiple)| multiple != 0).collect()
    }

    /// The positions of a project's decisions; `None` where it has none.
    #[must_use]
    pub fn group(&self, project: ProjectId) -> Option<Range<usize>> {
        let group = self
            .groups
            .binary_search_by_key(&project, |group| self.decisions[group.start].project);
        Some(self.groups[group.ok()?].clone())
    }

    /// Adds a helper column.
    pub fn helper(
        &mut self,
        label: String,
        values: Values,
        witness: impl Fn(&Taken<'_>) -> i64 + Send + Sync + 'static,
    ) -> HelperId {
        self.helpers.push(Helper {
            label,
            values,
            witness: Arc::new(witness),
            price: None,
        });
        HelperId::at(self.helpers.len() - 1)
    }

    /// Asks that a count of decisions keeps to `bound`.
    pub fn at_most(&mut self, label: String, terms: Linear, bound: i64) {
        self.limit(label, Grain::One, terms, Vec::new(), Sense::AtMost, bound);
    }

    /// Asks that a count of decisions reaches `bound`.
    pub fn at_least(&mut self, label: String, terms: Linear, bound: i64) {
        self.limit(label, Grain::One, terms, Vec::new(), Sense::AtLeast, bound);
    }

    /// Asks a floor of decisions; noted as not applicable where no decision can help to
    /// reach it, so that a policy may speak of projects that a province does not have.
    pub fn floor(&mut self, label: String, grain: Grain, terms: Linear, bound: i64) {
        if terms.iter().any(|&(_, coefficient)| coefficient > 0) {
            self.limit(label, grain, terms, Vec::new(), Sense::AtLeast, bound);
        } else {
            self.not_applicable(label);
        }
    }

    /// Adds what a rule asks, under the label of its finding: while rules are soft, a shortfall
    /// column lets the row be broken at a price.
    pub fn limit(
        &mut self,
        label: String,
        grain: Grain,
        decisions: Linear,
        mut helpers: Vec<(HelperId, i64)>,
        sense: Sense,
        bound: i64,
    ) {
        if let Some(price) = self.softness {
            let row = soft::Miss::new(self, &decisions, &helpers, sense, bound, grain);
            let short = move |taken: &Taken<'_>| row.units(taken);
            helpers.push(self.shortfall(&label, grain, price, sense, short));
        }
        self.row(label, decisions, helpers, sense, bound);
    }

    /// Makes the limits added from now on soft: a unit of breach (a million đồng, for money) costs
    /// `price` thousandths of a point. `None`: they hold.
    pub fn soften(&mut self, price: Option<i64>) {
        self.softness = price;
    }

    /// Adds a row over decisions and helpers. A row that every plan keeps is left out.
    pub fn row(
        &mut self,
        label: String,
        decisions: Linear,
        helpers: Vec<(HelperId, i64)>,
        sense: Sense,
        bound: i64,
    ) {
        let is_whole = helpers
            .iter()
            .all(|(helper, _)| self.helpers[helper.index()].values == Values::Binary);
        let row = Row::new(label, decisions, helpers, sense, bound, is_whole);
        if !row.is_void() {
            self.rows.push(row);
        }
    }

    /// What a unit of a column is worth in a solver: [`AMOUNT_UNIT`] for amounts, 1 for others.
    #[must_use]
    pub fn unit(&self, column: Column) -> i64 {
        match column {
            Column::Helper(id) if self.helpers[id.index()].values == Values::Amount => AMOUNT_UNIT,
            Column::Helper(_) | Column::Decision(_) => 1,
        }
    }

    /// What a unit of each helper is worth in a solver, in their order.
    pub fn helper_units(&self) -> impl Iterator<Item = i64> + '_ {
        let ids = (0..).map(HelperId).take(self.helpers.len());
        ids.map(|id| self.unit(Column::Helper(id)))
    }

    /// How far apart a row's coefficients lie in a solver.
    #[must_use]
    pub fn spread(&self, row: &Row) -> u128 {
        row.spread(|column| self.unit(column))
    }
}

/// A decision on the project of a number, for tests of what knows nothing of programmes.
#[cfg(test)]
pub(crate) fn numbered(project: u32) -> Decision {
    Decision {
        project: ProjectId(project),
        variant: crate::programme::VariantId(0),
        source: crate::programme::SourceId(0),
        start: crate::quantities::Year(2026),
        unit: None,
    }
}

/// The same, paid for by the source of a number.
#[cfg(all(test, feature = "highs"))]
pub(crate) fn paid_by(project: u32, source: u32) -> Decision {
    Decision {
        source: crate::programme::SourceId::at(source as usize),
        ..numbered(project)
    }
}
