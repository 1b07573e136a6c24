//! The tables of a dataset as their rows are written: names, not yet resolved.

mod candidates;
mod framework;
mod structure;
mod words;

pub use candidates::{
    CommitmentRecord, ContentRecord, ProjectRecord, RelationRecord, TargetRecord, VariantRecord,
};
pub use framework::{
    ActivityRecord, AreaRecord, CeilingRecord, CriterionRecord, DefinitionRecord,
    EligibilityRecord, FundRecord, ImplementerRecord, NormRecord, SectorRecord,
};
pub use structure::{AdvantageRecord, QuotientRecord, StructureRecord};
pub use words::{
    Class, Confidence, Counted, Figure, Kind, Level, Profile, RelationKind, SquareKilometres,
    Territory,
};
