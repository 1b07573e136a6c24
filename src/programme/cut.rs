//! Candidates that ask for more than the norms allow, cut to them where a policy says so.

use super::{Content, Programme, Project, ProjectId, VariantId};
use crate::quantities::Money;

/// A content whose support was cut to the norm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The project.
    pub project: ProjectId,
    /// The variant.
    pub variant: VariantId,
    /// The position of the content in the variant.
    pub content: usize,
    /// The support asked for.
    pub asked: Money,
    /// The support left.
    pub granted: Money,
}

impl Programme {
    /// Cuts the support of each content to the most that a norm allows it in any year of its
    /// project's window and from any fund; the norm gate then still judges each decision. Promised
    /// projects keep what was promised. What was cut, in the order of the tables.
    pub fn cut_to_norms(&mut self) -> Vec<Cut> {
        let mut cuts = Vec::new();
        for id in self.ids() {
            if self.is_promised(id) {
                continue;
            }
            let project = self.project(id);
            for (variant, own) in project.variants.iter().enumerate() {
                let over = own
                    .contents
                    .iter()
                    .enumerate()
                    .filter_map(|(position, content)| {
                        let granted = self.largest_norm(project, content)?;
                        (granted < content.support).then_some(Cut {
                            project: id,
                            variant: VariantId::at(variant),
                            content: position,
                            asked: content.support,
                            granted,
                        })
                    });
                cuts.extend(over);
            }
        }
        for cut in &cuts {
            let project = &mut self.projects[cut.project.index()];
            let variant = &mut project.variants[cut.variant.index()];
            variant.contents[cut.content].support = cut.granted;
        }
        cuts
    }

    /// The most that a norm allows for a content, over the project's years of start and the levels
    /// of the funds; `None` where some of them knows no norm.
    fn largest_norm(&self, project: &Project, content: &Content) -> Option<Money> {
        let class = self.class(project);
        let starts = self.years.iter().copied();
        let starts =
            starts.filter(|year| (project.first_start..=project.last_start).contains(year));
        let mut largest = None;
        for start in starts {
            for fund in &self.funds {
                let norm = self.norm(content.activity, fund.level, start)?;
                let capped = norm.capped(content.quantity, class);
                let part = content.total_cost.get().and_then(|cost| norm.part_of(cost));
                let most = [capped, part].into_iter().flatten().min()?;
                largest = largest.max(Some(most));
            }
        }
        largest
    }
}
