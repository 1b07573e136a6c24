//! The tables of a dataset as their rows are written: names, not yet resolved.

mod candidates;
mod framework;
mod words;

pub use candidates::{
    AdvantageRecord, CommitmentRecord, ContentRecord, EarlierGrantRecord, ProjectRecord,
    RecognitionRecord, RelationRecord, TargetRecord, VariantRecord,
};
pub use framework::{
    ActivityRecord, AreaRecord, CeilingRecord, CriterionRecord, DefinitionRecord,
    EligibilityRecord, FundRecord, ImplementerRecord, MixRecord, NormRecord, SectorRecord,
};
pub use words::{
    Class, Counted, Kind, Level, Profile, RelationKind, Schedule, SquareKilometres, Territory,
};
