//! What a scenario changes in a problem: rules left out, projects required or forbidden.

use super::Admission;
use crate::formulation::Formulation;
use crate::phrase;
use crate::plan::Plan;
use crate::programme::{Programme, ProjectId};
use crate::record::Fault;
use crate::rules::{Finding, Unit, kind_of};

/// What a scenario changes in a problem.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Rules, gates and tiers left out: a kind (`minimum_share`) or a label (`minimum_share[kind=pilot]`).
    pub without: Vec<String>,
    /// Labels of rules and gates left out, each by itself: a kind is none, unless it is a label too.
    pub left_out: Vec<String>,
    /// Rules and gates one notch looser, a notch for each time that they are named: a kind or a label.
    pub loosen: Vec<String>,
    /// Projects let through a gate, as if what it asks were done: the gate's label and the project's
    /// code, as `counterpart[P17]`.
    pub waive: Vec<String>,
    /// Projects that must be funded, by code.
    pub require: Vec<String>,
    /// Projects that must not be funded, by code.
    pub forbid: Vec<String>,
}

impl Conditions {
    /// Whether a rule or gate of this label is left out.
    pub(super) fn drops(&self, label: &str) -> bool {
        let by_name = self.without.iter().any(|name| names(name, label));
        by_name || self.left_out.iter().any(|own| own == label)
    }

    /// By how many notches a rule or gate of this label is looser.
    pub(super) fn notches(&self, label: &str) -> usize {
        let own = self.loosen.iter().filter(|name| names(name, label));
        own.count()
    }

    /// The projects that are let through the gate of this label.
    pub(super) fn waived(&self, programme: &Programme, label: &str) -> Vec<ProjectId> {
        let told = self.waive.iter().filter_map(|own| gate_and_project(own));
        let own = told.filter(|(gate, _)| *gate == label);
        own.filter_map(|(_, code)| programme.find(code)).collect()
    }

    /// Conditions that name nothing; `labels` are those of the rules, gates and tiers in force.
    pub(super) fn faults(&self, programme: &Programme, labels: &[String]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let without = self.without.iter().map(|name| (name, "--without"));
        let loosen = self.loosen.iter().map(|name| (name, "--loosen"));
        for (name, option) in without.chain(loosen) {
            if !labels.iter().any(|label| names(name, label)) {
                faults.push(Fault::of(
                    option,
                    phrase!(
                        "không có quy tắc “{name}” đang áp dụng",
                        "no rule “{name}” is in force"
                    ),
                    phrase!(
                        "`trongdiem rules` liệt kê các loại; audit.csv có nhãn của từng quy tắc",
                        "`trongdiem rules` lists the kinds; audit.csv has the label of each rule"
                    ),
                ));
            }
        }
        for own in &self.waive {
            let known = gate_and_project(own).filter(|(gate, code)| {
                labels.iter().any(|label| label == gate) && programme.find(code).is_some()
            });
            if known.is_none() {
                faults.push(Fault::of(
                    "--waive",
                    phrase!(
                        "“{own}” không phải một điều kiện đang áp dụng và một đề án",
                        "“{own}” is not a gate in force with a project"
                    ),
                    phrase!(
                        "hãy viết nhãn của điều kiện và mã đề án, như counterpart[P17]",
                        "write the gate's label and the project's code, as counterpart[P17]"
                    ),
                ));
            }
        }
        for code in self.require.iter().chain(&self.forbid) {
            if programme.find(code).is_none() {
                faults.push(Fault::of(
                    "--require / --forbid",
                    phrase!("không có đề án “{code}”", "there is no project “{code}”"),
                    phrase!(
                        "hãy dùng mã trong bảng projects",
                        "use a code of table projects"
                    ),
                ));
            }
        }
        faults
    }
}

/// Whether a name, a kind or a label, means the rule or gate of this label.
fn names(name: &str, label: &str) -> bool {
    name == label || name == kind_of(label)
}

/// The gate and the project of `counterpart[P17]`.
fn gate_and_project(text: &str) -> Option<(&str, &str)> {
    text.strip_suffix(']')?.rsplit_once('[')
}

/// The fault of a rule that cannot be a notch looser.
pub(super) fn not_looser(label: &str) -> Fault {
    Fault::of(
        "--loosen",
        phrase!(
            "quy tắc “{label}” không thể nới thêm",
            "rule “{label}” cannot be any looser"
        ),
        phrase!(
            "hãy nới ít nấc hơn, hoặc bỏ hẳn bằng --without",
            "loosen it by fewer notches, or leave it out with --without"
        ),
    )
}

/// The projects that a scenario requires and forbids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Demands {
    /// Each project, and whether it is required; otherwise it is forbidden.
    of: Vec<(ProjectId, bool)>,
}

impl Demands {
    /// The demands of `conditions`.
    ///
    /// # Errors
    /// A project that is both required and forbidden, required though gates refuse it, or
    /// forbidden though it is promised.
    pub(super) fn new(
        programme: &Programme,
        conditions: &Conditions,
        admission: &Admission,
    ) -> Result<Demands, Vec<Fault>> {
        let required = conditions.require.iter().map(|code| (code, true));
        let forbidden = conditions.forbid.iter().map(|code| (code, false));
        let mut demands = Demands::default();
        let mut faults = Vec::new();
        for (code, is_required) in required.chain(forbidden) {
            let Some(project) = programme.find(code) else {
                continue;
            };
            let refusal = admission
                .refused()
                .iter()
                .find(|own| own.project == project);
            let promised = programme.is_promised(project);
            if demands.of.contains(&(project, !is_required)) {
                faults.push(clash(
                    code,
                    phrase!(
                        "vừa bắt buộc vừa loại bỏ",
                        "it is both required and forbidden"
                    ),
                ));
            } else if let Some(refusal) = refusal.filter(|_| is_required) {
                let why = refusal
                    .reasons
                    .first()
                    .map(|reason| reason.sentence.clone());
                let why = why.unwrap_or_default();
                faults.push(clash(
                    code,
                    phrase!("không đủ điều kiện: {why}", "it is not admissible: {why}"; why),
                ));
            } else if promised && !is_required {
                faults.push(clash(
                    code,
                    phrase!("đề án đã được cam kết", "the project is promised"),
                ));
            }
            demands.of.push((project, is_required));
        }
        if faults.is_empty() {
            Ok(demands)
        } else {
            Err(faults)
        }
    }

    /// Whether nothing is demanded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Whether the project is required.
    #[must_use]
    pub fn requires(&self, project: ProjectId) -> bool {
        self.of.contains(&(project, true))
    }

    /// Whether the project is forbidden.
    #[must_use]
    pub fn forbids(&self, project: ProjectId) -> bool {
        self.of.contains(&(project, false))
    }

    /// The demands in words: `require[P17]`, `forbid[P3]`.
    #[must_use]
    pub fn labels(&self, programme: &Programme) -> Vec<String> {
        self.of.iter().map(|&own| label(programme, own)).collect()
    }

    pub(super) fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for &(project, is_required) in &self.of {
            let terms = formulation.linear(|d| i64::from(d.project == project));
            let label = label(programme, (project, is_required));
            if is_required {
                formulation.at_least(label, terms, 1);
            } else {
                formulation.at_most(label, terms, 0);
            }
        }
    }

    /// A finding a demand.
    pub(crate) fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let finding = |&(project, is_required): &(ProjectId, bool)| {
            let is_funded = plan.choice(project).is_some();
            let stand = if is_funded {
                phrase!("được hỗ trợ", "funded")
            } else {
                phrase!("không được hỗ trợ", "not funded")
            };
            let margin = if is_funded == is_required { 0 } else { -1 };
            let label = label(programme, (project, is_required));
            Finding::of(label, margin, Unit::Projects, stand)
        };
        self.of.iter().map(finding).collect()
    }
}

fn label(programme: &Programme, (project, is_required): (ProjectId, bool)) -> String {
    let code = &programme.project(project).code;
    if is_required {
        format!("require[{code}]")
    } else {
        format!("forbid[{code}]")
    }
}

fn clash(code: &str, cause: crate::phrase::Phrase) -> Fault {
    let remedy = phrase!(
        "hãy bỏ --require hoặc --forbid đối với đề án này",
        "leave out --require or --forbid for this project"
    );
    Fault::of(code, cause, remedy)
}
