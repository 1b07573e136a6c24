//! The facts of a programme, checked on construction: places, money, norms, candidate projects.

mod about;
mod advantage;
mod books;
mod build;
mod cut;
mod facts;
mod law;
mod money;
mod near;
mod project;
mod records;
mod resolve;

use std::collections::HashMap;

pub use about::About;
pub use advantage::{Advantage, AdvantageCell, Locality, Reading, Stated, Total};
pub use books::{Books, ClosedYear};
pub use cut::Cut;
pub use facts::{Facts, ScoreRecord};
pub use law::Norm;
pub use money::{CarryOver, Fund, Source};
pub use project::{Content, Project, Variant};
pub use records::{
    ActivityRecord, AdvantageRecord, AreaRecord, CeilingRecord, Class, CommitmentRecord,
    Confidence, ContentRecord, Counted, CriterionRecord, DefinitionRecord, EarlierGrantRecord,
    EligibilityRecord, Figure, FundRecord, ImplementerRecord, Kind, Level, MixRecord, NormRecord,
    Profile, ProjectRecord, QuotientRecord, RecognitionRecord, RelationKind, RelationRecord,
    Schedule, SectorRecord, SquareKilometres, StructureRecord, TargetRecord, Territory,
    VariantRecord,
};

use serde::{Deserialize, Serialize};

use crate::phrase::Phrase;
use crate::quantities::{Money, Year};
use crate::record::Known;

macro_rules! identifiers {
    ($($(#[$meta:meta])* $name:ident)+) => {$(
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub struct $name(pub u32);

        impl $name {
            /// The position in its list.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The identifier of a position.
            #[must_use]
            pub fn at(position: usize) -> $name {
                $name(u32::try_from(position).unwrap_or(u32::MAX))
            }
        }
    )+};
}

identifiers! {
    /// A project, by its position in [`Programme::projects`].
    ProjectId
    /// A variant, by its position in [`Project::variants`].
    VariantId
    /// A fund, by its position in [`Programme::funds`].
    FundId
    /// A source, by its position in [`Programme::sources`].
    SourceId
    /// An area, by its position in [`Programme::areas`].
    AreaId
    /// A zone, by its position in [`Programme::zones`].
    ZoneId
    /// A sector, by its position in [`Programme::sectors`].
    SectorId
    /// An activity, by its position in [`Programme::activities`].
    ActivityId
    /// An implementing unit, by its position in [`Programme::units`].
    UnitId
}

/// A programme whose facts fit together. Made by [`Programme::new`] alone.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Programme {
    /// Title, province, provenance.
    pub about: About,
    /// The years of the programme, in order.
    pub years: Vec<Year>,
    /// Communes and wards.
    pub areas: Vec<Area>,
    /// Names of the zones, in order of first use.
    pub zones: Vec<String>,
    /// Sectors.
    pub sectors: Vec<Named>,
    /// Activities.
    pub activities: Vec<Named>,
    /// Implementing units.
    pub units: Vec<Unit>,
    /// Funds.
    pub funds: Vec<Fund>,
    /// Sources of payment: each fund alone, then each mix.
    pub sources: Vec<Source>,
    /// Ceilings: a row a fund, a column a year.
    pub ceilings: Vec<Vec<Money>>,
    /// The ceiling of each fund for the whole programme, where it has one.
    pub whole_ceilings: Vec<Option<Money>>,
    /// What a fund may pay for; a fund that no row names pays for everything.
    pub eligibility: Vec<Eligibility>,
    /// Norms, in table order.
    pub norms: Vec<Norm>,
    /// Definitions of kinds, in table order.
    pub definitions: Vec<DefinitionRecord>,
    /// Criteria of merit.
    pub criteria: Vec<Named>,
    /// Figures of the regional structure, in table order.
    pub structure: Vec<StructureRecord>,
    /// How its measures are made into advantage, in table order.
    pub quotients: Vec<QuotientRecord>,
    /// The advantage of places in sectors.
    pub advantage: Advantage,
    /// Candidate projects.
    pub projects: Vec<Project>,
    /// What some projects ask of others.
    pub relations: Vec<Relation>,
    /// Promises.
    pub commitments: Vec<Commitment>,
    /// Published targets, in table order.
    pub targets: Vec<TargetRecord>,
    /// Support that beneficiaries were given before.
    pub earlier_grants: Vec<EarlierGrant>,
    /// Recognised products, in table order.
    pub recognitions: Vec<RecognitionRecord>,
    names: HashMap<String, ProjectId>,
    by_beneficiary: HashMap<String, Vec<ProjectId>>,
}

/// Something with a code and a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its code.
    pub code: String,
    /// Its name in both languages.
    pub name: Phrase,
}

/// A commune or ward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// The zone that it lies in.
    pub zone: ZoneId,
    /// Its class of difficulty.
    pub class: Known<Class>,
    /// Its surface.
    pub km2: Known<SquareKilometres>,
    /// Its official code.
    pub code: Option<String>,
    /// People who live there; `None` where unknown.
    pub people: Option<i64>,
}

/// An implementing unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its code and name.
    pub named: Named,
    /// The most projects that it can have open in one year.
    pub most_open: Option<i64>,
    /// Staff-months that it can give to projects in one year.
    pub staff_months: Option<i64>,
}

/// A row of eligibility; `None` matches anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligibility {
    /// The fund.
    pub fund: FundId,
    /// The activity.
    pub activity: Option<ActivityId>,
    /// The area's class.
    pub class: Option<Class>,
    /// The project's kind.
    pub kind: Option<Kind>,
}

/// Support that a beneficiary was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierGrant {
    /// The beneficiary's anonymous code.
    pub beneficiary: String,
    /// The year in which it started.
    pub year: Year,
    /// The activity.
    pub activity: ActivityId,
    /// The support.
    pub support: Known<Money>,
}

/// What some projects ask of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// What is asked.
    pub kind: RelationKind,
    /// The project that requires or excludes.
    pub project: Option<ProjectId>,
    /// The other projects.
    pub others: Vec<ProjectId>,
    /// How many of the others may be funded.
    pub most: i64,
}

/// A promise made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Commitment {
    /// The project.
    pub project: ProjectId,
    /// The variant promised.
    pub variant: VariantId,
    /// What pays.
    pub source: SourceId,
    /// The year in which it starts.
    pub start: Year,
    /// The implementing unit.
    pub unit: Option<UnitId>,
}

impl Programme {
    /// The project at an identifier.
    #[must_use]
    pub fn project(&self, id: ProjectId) -> &Project {
        &self.projects[id.index()]
    }

    /// Every project's identifier, in table order.
    pub fn ids(&self) -> impl Iterator<Item = ProjectId> + use<> {
        (0..self.projects.len()).map(ProjectId::at)
    }

    /// Every fund's identifier, in table order.
    pub fn fund_ids(&self) -> impl Iterator<Item = FundId> + use<> {
        (0..self.funds.len()).map(FundId::at)
    }

    /// The project of a code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<ProjectId> {
        self.names.get(code).copied()
    }

    /// The candidates of a beneficiary, in order.
    #[must_use]
    pub fn projects_of(&self, beneficiary: &str) -> &[ProjectId] {
        self.by_beneficiary
            .get(beneficiary)
            .map_or(&[], Vec::as_slice)
    }

    /// The first year of the programme.
    #[must_use]
    pub fn first_year(&self) -> Year {
        self.years[0]
    }

    /// The last year of the programme.
    #[must_use]
    pub fn last_year(&self) -> Year {
        self.years[self.years.len() - 1]
    }

    /// The position of a year among the programme's; `None` outside it.
    #[must_use]
    pub fn year_index(&self, year: Year) -> Option<usize> {
        year.since(self.first_year())
            .filter(|&position| position < self.years.len())
    }

    /// The ceiling of a fund in a year; nothing outside the programme.
    #[must_use]
    pub fn ceiling(&self, fund: FundId, year: Year) -> Money {
        self.year_index(year).map_or(Money::ZERO, |position| {
            self.ceilings[fund.index()][position]
        })
    }

    /// The same facts with another ceiling of a fund: of a year, or of the whole programme where it
    /// has one.
    #[must_use]
    pub fn with_ceiling(&self, fund: FundId, year: Option<Year>, amount: Money) -> Programme {
        let mut other = self.clone();
        match year {
            Some(year) => {
                if let Some(position) = self.year_index(year) {
                    other.ceilings[fund.index()][position] = amount;
                }
            }
            None => other.whole_ceilings[fund.index()] = Some(amount),
        }
        other
    }

    /// The same facts with one project changed; its code stays.
    #[must_use]
    pub fn with_project(&self, id: ProjectId, change: impl FnOnce(&mut Project)) -> Programme {
        let mut other = self.clone();
        change(&mut other.projects[id.index()]);
        other
    }

    /// All ceilings of the programme together, year by year.
    #[must_use]
    pub fn all_ceilings(&self) -> Money {
        self.ceilings.iter().flatten().copied().sum()
    }

    /// Whether a project is promised.
    #[must_use]
    pub fn is_promised(&self, project: ProjectId) -> bool {
        self.commitments.iter().any(|own| own.project == project)
    }

    /// The class of a project's area; `None` where it is unknown or the project has no place.
    #[must_use]
    pub fn class(&self, project: &Project) -> Option<Class> {
        project
            .area
            .and_then(|area| self.areas[area.index()].class.get())
    }

    /// The zone of a project; `None` for one without a place.
    #[must_use]
    pub fn zone(&self, project: &Project) -> Option<ZoneId> {
        project.area.map(|area| self.areas[area.index()].zone)
    }

    /// Where the advantage of a project comes from; `None` where it is unknown, or where the
    /// project has no place or no sector.
    #[must_use]
    pub fn advantage_of(&self, project: &Project) -> Option<&AdvantageCell> {
        let (area, sector) = project.area.zip(project.sector)?;
        self.advantage
            .of(area, self.areas[area.index()].zone, sector)
    }

    /// How many projects with a place and a sector have an unknown advantage.
    #[must_use]
    pub fn unknown_advantages(&self) -> usize {
        let unknown = |project: &&Project| {
            project.area.is_some() && project.sector.is_some() && project.advantage.is_none()
        };
        self.projects.iter().filter(unknown).count()
    }
}
