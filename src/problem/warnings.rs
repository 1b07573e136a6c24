//! What fits the programme but says nothing of it: selectors that match no candidate, groupings
//! without groups, marks that nobody bears.

use super::Problem;
use crate::phrase;
use crate::plan::Decision;
use crate::programme::{Programme, TargetRecord};
use crate::record::{Cell, Fault};
use crate::selector::{Each, Selector};

impl Problem<'_> {
    /// Warnings, each with its place and remedy like a fault; none of them stops a solve.
    #[must_use]
    pub fn warnings(&self) -> Vec<Fault> {
        let candidates = Candidates::new(&self.programme);
        let mut warnings = Vec::new();
        for (record, target) in self.programme.targets.iter().enumerate() {
            let label = super::target_label(&target.target);
            if self.stands(&label) {
                warnings.extend(of_target(&candidates, target, record, &label));
            }
        }
        for row in self.policy.rows().filter(|row| self.stands(&row.label)) {
            for (column, text) in row.cells_like(Selector::ALLOWED) {
                let told = candidates.of_selector(text);
                warnings.extend(
                    told.into_iter()
                        .map(|told| row.located(told.column(column))),
                );
            }
            for (column, text) in row.cells_like(Each::ALLOWED) {
                let told = candidates.of_grouping(text);
                warnings.extend(told.map(|told| row.located(told.column(column))));
            }
        }
        warnings
    }

    /// Whether a rule or gate of this label is in force.
    fn stands(&self, label: &str) -> bool {
        self.standing.iter().any(|own| own.rule.label() == label)
            || self.gates.iter().any(|gate| gate.label() == label)
    }
}

fn of_target(
    candidates: &Candidates<'_>,
    target: &TargetRecord,
    record: usize,
    label: &str,
) -> Vec<Fault> {
    let told = candidates.of_selector(target.select.as_deref().unwrap_or_default());
    let place = |told: Fault| Fault {
        table: "targets".to_owned(),
        rule: Some(label.to_owned()),
        ..told.at(record).column("select")
    };
    told.into_iter().map(place).collect()
}

/// Every decision of every candidate, whatever the gates say.
struct Candidates<'a> {
    programme: &'a Programme,
    decisions: Vec<Decision>,
}

impl Candidates<'_> {
    fn new(programme: &Programme) -> Candidates<'_> {
        let decisions = programme
            .ids()
            .flat_map(|id| Decision::all_of(programme, id));
        Candidates {
            programme,
            decisions: decisions.collect(),
        }
    }

    fn matches(&self, selector: &Selector) -> bool {
        let pays = |decision: &Decision| {
            let mut payments = decision.payments(self.programme);
            payments.any(|payment| selector.pays(self.programme, decision, &payment))
        };
        let mut decisions = self.decisions.iter();
        decisions.any(|decision| selector.selects(self.programme, decision) || pays(decision))
    }

    fn of_selector(&self, text: &str) -> Vec<Fault> {
        let Ok(selector) = Selector::parse(text) else {
            return Vec::new();
        };
        if !selector.is_everything() && !self.matches(&selector) {
            return vec![Fault::of(
                "selector",
                phrase!(
                    "bộ chọn “{text}” không khớp với đề án nào",
                    "the selector “{text}” matches no candidate"
                ),
                phrase!(
                    "hãy kiểm tra chính tả; nếu đúng thì quy tắc không có tác dụng với chương trình này",
                    "check the spelling; if it is right, the rule says nothing of this programme"
                ),
            )];
        }
        let nobodys = selector.borne_by_none(self.programme).into_iter();
        let told = nobodys.map(|(key, value)| {
            Fault::of(
                "selector",
                phrase!(
                    "không đề án nào có “{key}={value}”",
                    "no candidate bears “{key}={value}”"
                ),
                phrase!(
                    "hãy kiểm tra chính tả; nếu đúng thì giá trị này không có tác dụng",
                    "check the spelling; if it is right, this value says nothing"
                ),
            )
        });
        told.collect()
    }

    fn of_grouping(&self, text: &str) -> Option<Fault> {
        let each = Each::parse(text).ok()?;
        each.cases(self.programme).is_empty().then(|| {
            Fault::of(
                "grouping",
                phrase!(
                    "không đề án nào thuộc nhóm theo “{text}”",
                    "no candidate belongs to a group by “{text}”"
                ),
                phrase!(
                    "hãy đổi cách chia nhóm, hoặc bổ sung địa bàn, ngành nghề, đơn vị của các đề án",
                    "group otherwise, or give the candidates their place, sector or unit"
                ),
            )
        })
    }
}
