//! `Programme::new`: facts to a programme, with every fault at once.

mod advantage;
mod candidates;
mod cycles;
mod framework;
mod money;
mod promises;
mod structure;

use std::collections::HashMap;

use super::resolve::Codes;
use super::{Advantage, Facts, Programme, Project, ProjectId};
use crate::phrase;
use crate::quantities::{Money, Year};
use crate::record::Fault;

/// The codes of every table that others refer to.
struct Directory<'a> {
    areas: Codes<'a>,
    zones: HashMap<&'a str, usize>,
    sectors: Codes<'a>,
    activities: Codes<'a>,
    units: Codes<'a>,
    funds: Codes<'a>,
    projects: Codes<'a>,
}

impl<'a> Directory<'a> {
    fn new(facts: &'a Facts, faults: &mut Vec<Fault>) -> Directory<'a> {
        let mut zones = HashMap::new();
        for area in &facts.areas {
            let next = zones.len();
            zones.entry(area.zone.as_str()).or_insert(next);
        }
        let criteria = facts.criteria.iter().map(|r| r.criterion.as_str());
        Codes::new("criteria", "criterion", criteria, faults);
        Directory {
            areas: Codes::new(
                "areas",
                "area",
                facts.areas.iter().map(|r| r.area.as_str()),
                faults,
            ),
            zones,
            sectors: Codes::new(
                "sectors",
                "sector",
                facts.sectors.iter().map(|r| r.sector.as_str()),
                faults,
            ),
            activities: Codes::new(
                "activities",
                "activity",
                facts.activities.iter().map(|r| r.activity.as_str()),
                faults,
            ),
            units: Codes::new(
                "implementers",
                "unit",
                facts.implementers.iter().map(|r| r.unit.as_str()),
                faults,
            ),
            funds: Codes::new(
                "funds",
                "fund",
                facts.funds.iter().map(|r| r.fund.as_str()),
                faults,
            ),
            projects: Codes::new(
                "projects",
                "project",
                facts.projects.iter().map(|r| r.project.as_str()),
                faults,
            ),
        }
    }
}

impl Facts {
    /// The advantage of places in sectors, as [`Programme::advantage`] has it. Rows at fault are
    /// passed over, so that facts can be drawn for before they are complete.
    #[must_use]
    pub fn regional_advantage(&self) -> Advantage {
        let mut faults = Vec::new();
        let directory = Directory::new(self, &mut faults);
        let areas = framework::areas(self, &directory);
        advantage::advantage(self, &directory, &areas, &mut faults)
    }
}

impl Programme {
    /// The programme that `facts` describe.
    ///
    /// # Errors
    /// Every fault of every table: names that lead nowhere, duplicates, ceilings missing, projects
    /// without contents, years out of order.
    pub fn new(facts: Facts) -> Result<Programme, Vec<Fault>> {
        let mut faults = Vec::new();
        let years = years(&facts, &mut faults);
        let directory = Directory::new(&facts, &mut faults);
        let ceilings = framework::ceilings(&facts, &directory, &years, &mut faults);
        let funds = money::funds(&facts, &mut faults);
        let sources = money::sources(&facts, &directory, &mut faults);
        let eligibility = framework::eligibility(&facts, &directory, &mut faults);
        let norms = framework::norms(&facts, &directory, &mut faults);
        framework::definitions(&facts, &mut faults);
        let areas = framework::areas(&facts, &directory);
        let advantage = advantage::advantage(&facts, &directory, &areas, &mut faults);
        let projects = candidates::projects(&facts, &directory, &areas, &advantage, &mut faults);
        let relations = promises::relations(&facts, &directory, &mut faults);
        cycles::cycles(&relations, &projects, &mut faults);
        let commitments =
            promises::commitments(&facts, &directory, &sources, &projects, &years, &mut faults);
        let earlier_grants = promises::earlier_grants(&facts, &directory, &mut faults);
        promises::recognitions(&facts, &mut faults);
        promises::targets(&facts, &years, &mut faults);
        too_much(&ceilings.years, &projects, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let coded = framework::named;
        let keys = facts.projects.iter().map(|record| record.project.clone());
        let names = keys.zip((0..).map(ProjectId)).collect();
        let mut by_beneficiary: HashMap<String, Vec<ProjectId>> = HashMap::new();
        for (project, id) in projects.iter().zip((0..).map(ProjectId)) {
            let own = by_beneficiary.entry(project.beneficiary.clone());
            own.or_default().push(id);
        }
        let mut zones = vec![String::new(); directory.zones.len()];
        for (&zone, &position) in &directory.zones {
            zone.clone_into(&mut zones[position]);
        }
        Ok(Programme {
            years,
            areas,
            zones,
            sectors: facts
                .sectors
                .iter()
                .map(|r| coded(&r.sector, &r.name_vi, &r.name_en))
                .collect(),
            activities: facts
                .activities
                .iter()
                .map(|r| coded(&r.activity, &r.name_vi, &r.name_en))
                .collect(),
            units: framework::units(&facts),
            funds,
            sources,
            ceilings: ceilings.years,
            whole_ceilings: ceilings.whole,
            eligibility,
            norms,
            criteria: facts
                .criteria
                .iter()
                .map(|r| coded(&r.criterion, &r.name_vi, &r.name_en))
                .collect(),
            advantage,
            projects,
            relations,
            commitments,
            earlier_grants,
            recognitions: facts.recognitions,
            names,
            by_beneficiary,
            about: facts.about,
            structure: facts.structure,
            quotients: facts.quotients,
            definitions: facts.definitions,
            targets: facts.targets,
        })
    }
}

/// Ceilings or requests that no programme has: amounts written in đồng, most likely.
fn too_much(ceilings: &[Vec<Money>], projects: &[Project], faults: &mut Vec<Fault>) {
    let all = |amounts: &mut dyn Iterator<Item = Money>| {
        let total: i128 = amounts.map(|amount| i128::from(amount.0)).sum();
        total > i128::from(Money::MOST_IN_ALL.0)
    };
    let mut of_contents = projects
        .iter()
        .flat_map(|project| &project.variants)
        .flat_map(|variant| &variant.contents)
        .map(|content| content.support);
    let sums = [
        ("ceilings", all(&mut ceilings.iter().flatten().copied())),
        ("contents", all(&mut of_contents)),
    ];
    for (table, _) in sums.into_iter().filter(|(_, is_too_much)| *is_too_much) {
        faults.push(Fault::of(
            table,
            phrase!(
                "tổng số tiền của bảng vượt 500.000 tỷ đồng",
                "the amounts of the table come to more than 500,000 billion đồng"
            ),
            phrase!(
                "hãy kiểm tra đơn vị: mọi số tiền đều tính bằng triệu đồng",
                "check the unit: every amount is in million đồng"
            ),
        ));
    }
}

fn years(facts: &Facts, faults: &mut Vec<Fault>) -> Vec<Year> {
    let about = &facts.about;
    let (first, last) = (about.first_year, about.last_year);
    let in_order = first <= last && last - first < 20;
    if !in_order
        || Year::parse(&first.to_string()).is_err()
        || Year::parse(&last.to_string()).is_err()
    {
        faults.push(
            Fault::of(
                "dataset.toml",
                phrase!(
                    "chương trình không thể kéo dài từ {first} đến {last}",
                    "a programme cannot run from {first} to {last}"
                ),
                phrase!(
                    "first_year không sau last_year, và không quá 20 năm",
                    "first_year is not after last_year, and at most 20 years"
                ),
            )
            .column("last_year"),
        );
        return vec![Year(first)];
    }
    let open_from = about.open_from;
    if open_from < first || open_from > last {
        faults.push(
            Fault::of(
                "dataset.toml",
                phrase!(
                    "năm {open_from} nằm ngoài chương trình",
                    "{open_from} is outside the programme"
                ),
                phrase!(
                    "open_from là năm đầu tiên còn được quyết định, từ {first} đến {last}",
                    "open_from is the first year still open to decisions, from {first} to {last}"
                ),
            )
            .column("open_from"),
        );
    }
    (first..=last).map(Year).collect()
}
