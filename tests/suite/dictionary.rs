//! The data dictionary says what the code reads, word for word.

use trongdiem::programme::{
    ActivityRecord, AdvantageRecord, AreaRecord, CeilingRecord, CommitmentRecord, ContentRecord,
    CriterionRecord, DefinitionRecord, EarlierGrantRecord, EligibilityRecord, FundRecord,
    ImplementerRecord, MixRecord, NormRecord, ProjectRecord, QuotientRecord, RecognitionRecord,
    RelationRecord, SectorRecord, StructureRecord, TargetRecord, VariantRecord,
};
use trongdiem::record::{Column, Record};

use crate::tiny;

fn tables() -> Vec<(&'static str, &'static [Column])> {
    vec![
        ("projects", ProjectRecord::COLUMNS),
        ("contents", ContentRecord::COLUMNS),
        ("variants", VariantRecord::COLUMNS),
        ("criteria", CriterionRecord::COLUMNS),
        ("funds", FundRecord::COLUMNS),
        ("eligibility", EligibilityRecord::COLUMNS),
        ("ceilings", CeilingRecord::COLUMNS),
        ("areas", AreaRecord::COLUMNS),
        ("sectors", SectorRecord::COLUMNS),
        ("activities", ActivityRecord::COLUMNS),
        ("implementers", ImplementerRecord::COLUMNS),
        ("norms", NormRecord::COLUMNS),
        ("definitions", DefinitionRecord::COLUMNS),
        ("structure", StructureRecord::COLUMNS),
        ("quotients", QuotientRecord::COLUMNS),
        ("advantage", AdvantageRecord::COLUMNS),
        ("relations", RelationRecord::COLUMNS),
        ("commitments", CommitmentRecord::COLUMNS),
        ("mixes", MixRecord::COLUMNS),
        ("targets", TargetRecord::COLUMNS),
        ("earlier_grants", EarlierGrantRecord::COLUMNS),
        ("recognitions", RecognitionRecord::COLUMNS),
    ]
}

#[test]
fn every_column_is_explained_as_the_code_explains_it() {
    let text = std::fs::read_to_string(tiny::root().join("datasets/README.md")).unwrap();
    let mut wrong = String::new();
    for (table, columns) in tables() {
        let heading = format!("\n## {table}\n");
        let section = text
            .split(&heading)
            .nth(1)
            .unwrap_or_else(|| panic!("no section {table}"));
        let section = section.split("\n## ").next().unwrap();
        for column in columns {
            let cell = |text: &str| text.trim().replace('|', "\\|");
            let yes = |is: bool| if is { "yes" } else { "no" };
            let line = format!(
                "| `{}` | {} | {} | {} | {} |",
                column.name,
                cell(column.meaning),
                cell(column.allowed),
                yes(column.needed),
                yes(column.unknown)
            );
            if !section.contains(&line) {
                wrong += &format!("{table}: {line}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "datasets/README.md lacks:\n{wrong}");
}
