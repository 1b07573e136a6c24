//! The facts of a dataset as written: every table, names not yet resolved.

use super::About;
use super::records::{
    ActivityRecord, AdvantageRecord, AreaRecord, CeilingRecord, CommitmentRecord, ContentRecord,
    CriterionRecord, DefinitionRecord, EarlierGrantRecord, EligibilityRecord, FundRecord,
    ImplementerRecord, MixRecord, NormRecord, ProjectRecord, QuotientRecord, RecognitionRecord,
    RelationRecord, SectorRecord, StructureRecord, TargetRecord, VariantRecord,
};
use crate::record::Known;

/// Every table of a dataset. Field names are the tables' names.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each field is the table of its name; the records explain themselves
pub struct Facts {
    pub about: About,
    pub projects: Vec<ProjectRecord>,
    pub contents: Vec<ContentRecord>,
    pub variants: Vec<VariantRecord>,
    pub criteria: Vec<CriterionRecord>,
    pub scores: Vec<ScoreRecord>,
    pub funds: Vec<FundRecord>,
    pub mixes: Vec<MixRecord>,
    pub eligibility: Vec<EligibilityRecord>,
    pub ceilings: Vec<CeilingRecord>,
    pub areas: Vec<AreaRecord>,
    pub sectors: Vec<SectorRecord>,
    pub activities: Vec<ActivityRecord>,
    pub implementers: Vec<ImplementerRecord>,
    pub norms: Vec<NormRecord>,
    pub definitions: Vec<DefinitionRecord>,
    pub structure: Vec<StructureRecord>,
    pub quotients: Vec<QuotientRecord>,
    pub advantage: Vec<AdvantageRecord>,
    pub relations: Vec<RelationRecord>,
    pub commitments: Vec<CommitmentRecord>,
    pub targets: Vec<TargetRecord>,
    pub earlier_grants: Vec<EarlierGrantRecord>,
    pub recognitions: Vec<RecognitionRecord>,
}

/// The scores of one project (table `scores`), in the order of the criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreRecord {
    /// The project.
    pub project: String,
    /// A score from 0 to 100 for each criterion.
    pub scores: Vec<Known<i64>>,
}
