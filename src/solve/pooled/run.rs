//! The pooled problem searched, and its plans paid for.

use super::{Paying, Pooled};
use crate::formulation::Certificate;
use crate::solve::backend::{Answer, Backend, End};
use crate::solve::board::Board;
use crate::solve::improve::Limit;
use crate::solve::model::Model;
use crate::solve::relaxation::Relaxation;
use crate::solve::{Control, Settings, search};

/// The pooled problem is searched to such a part of the gap that is asked for: as long as somebody pays for its plans
/// the whole problem is at its gap before, and otherwise they are to be better.
const CLOSER: f64 = 0.25;

/// Searches the pooled problem and says who pays for its plans. Its last words, and what proves a bound, where that ends
/// the solve; `None` where the whole problem is to be searched for better plans.
pub(in crate::solve) fn run(
    board: &Board<'_>,
    backend: &dyn Backend,
    pooled: &Pooled,
    asked: &Control<'_>,
) -> Option<(Answer, Option<Certificate>)> {
    let settings = Settings {
        gap: board.settings.gap * CLOSER,
        ..board.settings.clone()
    };
    let start = asked.start.map(|own| pooled.open(own));
    let control = Control {
        start: start.as_deref(),
        wanted: asked.wanted,
        ..Control::default()
    };
    let paying = Paying::new(board, backend, pooled);
    let own = Board::with_payers_open(&paying, &settings, &control);
    if let Some(start) = &start {
        own.put(start.clone());
    }
    let relaxation = Relaxation::of(&own, backend)?;
    let certificate = relaxation.certificate.as_ref();
    let certificate = certificate.and_then(|own| pooled.certificate(board.formulation, own));
    let model = Model::new(&relaxation.formulation, &settings);
    let answer = search::run(&own, backend, &model, Some(&relaxation));
    let limit = if settings.seeks_beside() {
        Limit::Time
    } else {
        Limit::Iterations
    };
    if let Some(best) = own.best()
        && board.goes_on()
    {
        paying.look(&own, &best, f64::MAX, limit);
    }
    let is_over = !board.goes_on() || answer.end == End::Infeasible;
    is_over.then_some((answer, certificate))
}
