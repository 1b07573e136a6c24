//! `trongdiem sensitivity judgement`: would the plan survive other weights?

use std::path::PathBuf;

use clap::Args;

use super::super::Exit;
use super::super::options::{Listed, folder_fault, listed, located, share};
use super::{AskedOf, Kept, answered_of};
use crate::analysis::{JudgementAsked, WeightRange, WeightsKnown, judgement_worth};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::policy::{Policy, Scoring};
use crate::problem::Problem;
use crate::quantities::Share;
use crate::record::Fault;
use crate::report::judgement_told;
use crate::tables::{read_plan, read_policy};

/// Whether the plan survives other weights, scores and benefits.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trongdiem sensitivity judgement datasets/son-la models/directive-20 --weights 20% --stability --lang vi"
)]
pub(super) struct JudgementArguments {
    #[command(flatten)]
    of: AskedOf,
    #[command(flatten)]
    kept: Kept,
    /// What is known of the weights: each within a part of its own, as 20%; their order alone, ranked;
    /// nothing, any; everything, exactly.
    #[arg(long, default_value = "20%", value_parser = weights)]
    weights: WeightsKnown,
    /// Limits of one criterion's weight, as parts of the sum of all: 'feasibility=10%-30%'.
    #[arg(long = "weight", value_name = "CRITERION=LEAST-MOST", value_parser = range)]
    ranges: Vec<(String, Share, Share)>,
    /// Limits of the strength of advantage, as 20%-60%.
    #[arg(long, value_name = "LEAST-MOST", value_parser = between)]
    strength: Option<(Share, Share)>,
    /// Each score may be so many points more or less.
    #[arg(long, default_value_t = 0, value_name = "POINTS", value_parser = clap::value_parser!(i64).range(0..=100))]
    scores: i64,
    /// The benefit of each project may be so large a part more or less, as 10%.
    #[arg(long, default_value = "0%", value_parser = share)]
    benefit: Share,
    /// Weights and strength of advantage of another policy's folder, as one judgement with its name;
    /// regret is measured over these where there are any.
    #[arg(long = "as-in", value_name = "MODEL")]
    named: Vec<PathBuf>,
    /// How many judgements are drawn.
    #[arg(long, default_value_t = 100)]
    samples: usize,
    /// The seed of the judgements drawn.
    #[arg(long, default_value_t = 1)]
    sample_seed: u64,
    /// How far from the best still counts as near it, as 1%.
    #[arg(long, default_value = "1%", value_parser = share)]
    within: Share,
    /// Also say how far each weight may move.
    #[arg(long)]
    stability: bool,
    /// Also list the portfolios that no other dominates (small programmes only).
    #[arg(long)]
    portfolios: bool,
    /// Ask of this plan instead of the one found.
    #[arg(long, value_name = "PLAN.CSV")]
    plan: Option<PathBuf>,
    /// How many projects are listed: a number, or all.
    #[arg(long, default_value = "20", value_parser = listed)]
    list: Listed,
}

fn weights(text: &str) -> Result<WeightsKnown, String> {
    match text {
        "exactly" => Ok(WeightsKnown::Exactly),
        "ranked" => Ok(WeightsKnown::Ranked),
        "any" => Ok(WeightsKnown::Any),
        _ => share(text).map(WeightsKnown::Within).map_err(|_| {
            "write a part of each weight as 20%, or one of: ranked, any, exactly".to_owned()
        }),
    }
}

/// Two shares, as 10%-30%.
fn between(text: &str) -> Result<(Share, Share), String> {
    let wrong = || "write two shares, the smaller first, as 10%-30%".to_owned();
    let (least, most) = text.split_once('-').ok_or_else(wrong)?;
    let (least, most) = (share(least.trim())?, share(most.trim())?);
    if least <= most {
        Ok((least, most))
    } else {
        Err(wrong())
    }
}

fn range(text: &str) -> Result<(String, Share, Share), String> {
    let (criterion, limits) = text
        .split_once('=')
        .ok_or("write a criterion and two shares, as feasibility=10%-30%")?;
    let (least, most) = between(limits)?;
    Ok((criterion.trim().to_owned(), least, most))
}

pub(super) fn run(arguments: &JudgementArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let question = phrase!(
        "Đang tìm phương án tốt nhất của từng cách đánh giá",
        "Looking for the best plan under each judgement"
    );
    let missing: Vec<_> = arguments
        .named
        .iter()
        .filter_map(|own| folder_fault(own))
        .collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let (mut policies, mut read) = (Vec::new(), Vec::new());
    for folder in &arguments.named {
        let (policy, inputs) = read_policy(folder, &[])?;
        policies.push(policy);
        read.extend(inputs.into_iter().map(|own| own.sha256));
    }
    let of = &arguments.of;
    let scenario = of.scenario.read(&of.dataset, &of.model)?;
    // What does not fit is told before anything is solved.
    let problem = Problem::new(
        &scenario.programme,
        &scenario.policy,
        &of.scenario.conditions(),
    );
    let problem = problem.map_err(|faults| located(faults, &of.dataset))?;
    let asked = arguments.asked(&problem, &policies)?;
    asked
        .check(&problem)
        .map_err(|why| vec![contradiction(why)])?;
    let plan = arguments.plan.as_ref();
    let plan = plan.map(|path| read_plan(problem.programme(), path));
    let plan = plan.transpose()?.map(|(plan, _)| plan);
    if let Some(own) = &plan {
        let audit = problem.audit(&problem.formulate_held(), own);
        let broken: Vec<&str> = audit
            .breaches()
            .map(|own| own.finding.label.as_str())
            .collect();
        if !broken.is_empty() {
            return Err(vec![broken_plan(&broken)]);
        }
    }
    drop(problem);
    let settings = of.settings();
    answered_of(
        of,
        scenario,
        (&question, Some((&arguments.words(&read), &arguments.kept))),
        language,
        &|problem, drawn, asking| {
            let own = (plan.as_ref(), &asked);
            let worth = judgement_worth(problem, drawn, own, &settings, asking);
            let worth = worth.map_err(|why| vec![contradiction(why)])?;
            Ok(worth.map(|own| judgement_told(problem, &asked, &own, language, arguments.list.0)))
        },
    )
}

fn broken_plan(labels: &[&str]) -> Fault {
    let labels = labels.join(", ");
    Fault::of(
        "--plan",
        phrase!(
            "kế hoạch này vi phạm: {labels}",
            "this plan breaks: {labels}"
        ),
        phrase!(
            "`trongdiem audit` cho biết chi tiết; hãy sửa kế hoạch, hoặc bỏ quy tắc ấy bằng --without",
            "`trongdiem audit` tells more; mend the plan, or leave the rule out by --without"
        ),
    )
}

fn contradiction(why: Phrase) -> Fault {
    Fault::of(
        "--weights / --weight",
        why,
        phrase!("hãy nới một trong các khoảng", "widen one of the ranges"),
    )
}

impl JudgementArguments {
    /// What is drawn, in words: answers to other draws are other answers.
    fn words(&self, read: &[String]) -> String {
        format!(
            "judgement {:?} {:?} {:?} {} {} {:?} {} {}",
            self.weights,
            self.ranges,
            self.strength,
            self.scores,
            self.benefit,
            read,
            self.samples,
            self.sample_seed
        )
    }

    fn asked(
        &self,
        problem: &Problem<'_>,
        policies: &[Policy],
    ) -> Result<JudgementAsked, Vec<Fault>> {
        let programme = problem.programme();
        let mut faults = Vec::new();
        let mut ranges = Vec::new();
        for (code, least, most) in &self.ranges {
            match programme.criteria.iter().position(|own| own.code == *code) {
                Some(criterion) => ranges.push(WeightRange {
                    criterion,
                    least: *least,
                    most: *most,
                }),
                None => faults.push(no_criterion(problem, code)),
            }
        }
        let mut named = Vec::new();
        for policy in policies {
            match Scoring::new(programme, policy) {
                Ok(other) => {
                    let (weights, strength) = (other.weights().to_vec(), other.strength());
                    let judged = problem.scoring().weighed(programme, weights, strength);
                    named.push((policy.about.title(), judged));
                }
                Err(more) => faults.extend(more),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(JudgementAsked {
            weights: self.weights,
            ranges,
            strength: self.strength,
            scores: self.scores,
            benefit: self.benefit,
            named,
            samples: self.samples,
            seed: self.sample_seed,
            within: self.within,
            stability: self.stability,
            portfolios: self.portfolios,
        })
    }
}

fn no_criterion(problem: &Problem<'_>, code: &str) -> Fault {
    let known = problem.programme().criteria.iter();
    let known: Vec<&str> = known.map(|own| own.code.as_str()).collect();
    let known = known.join(", ");
    Fault::of(
        "--weight",
        phrase!(
            "không có tiêu chí “{code}”",
            "there is no criterion “{code}”"
        ),
        phrase!("các tiêu chí: {known}", "the criteria: {known}"),
    )
}
