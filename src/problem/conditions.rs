//! What a scenario changes in a problem: rules left out, projects required or forbidden.

use super::{GateRef, Standing};
use crate::phrase;
use crate::programme::Programme;
use crate::record::Fault;

/// What a scenario changes in a problem.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Rules and gates left out: a kind (`minimum_share`) or a label (`minimum_share[kind=pilot]`).
    pub without: Vec<String>,
    /// Projects that must be funded, by code.
    pub require: Vec<String>,
    /// Projects that must not be funded, by code.
    pub forbid: Vec<String>,
}

impl Conditions {
    /// Whether a rule or gate of this label is left out.
    pub(super) fn drops(&self, label: &str) -> bool {
        let kind = label.split('[').next().unwrap_or(label);
        self.without
            .iter()
            .any(|name| name == label || name == kind)
    }

    /// Conditions that name nothing.
    pub(super) fn faults(
        &self,
        programme: &Programme,
        standing: &[Standing],
        gates: &[GateRef],
    ) -> Vec<Fault> {
        let mut faults = Vec::new();
        let labels: Vec<String> = standing
            .iter()
            .map(|own| own.rule.label())
            .chain(gates.iter().map(|gate| gate.label()))
            .collect();
        for name in &self.without {
            let only = Conditions {
                without: vec![name.clone()],
                ..Conditions::default()
            };
            if !labels.iter().any(|label| only.drops(label)) {
                faults.push(Fault::of(
                    "--without",
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
