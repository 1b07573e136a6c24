//! The tables of a dataset as their rows are written: names, not yet resolved.

mod candidates;
mod framework;
mod structure;
mod words;

pub use candidates::{
    CommitmentRecord, ContentRecord, EarlierGrantRecord, ProjectRecord, RecognitionRecord,
    RelationRecord, TargetRecord, VariantRecord,
};
pub use framework::{
    ActivityRecord, AreaRecord, CeilingRecord, CriterionRecord, DefinitionRecord,
    EligibilityRecord, FundRecord, ImplementerRecord, MixRecord, NormRecord, SectorRecord,
};
pub use structure::{AdvantageRecord, QuotientRecord, StructureRecord};
pub use words::{
    Class, Confidence, Counted, Figure, Kind, Level, Profile, RelationKind, Schedule,
    SquareKilometres, Territory,
};
