//! The order in which decisions are tried: those first that the relaxation would miss least, more or less.
//! Most have no room, so they are looked up by the row that is likeliest to be full.

use std::collections::BTreeMap;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::Place;
use super::standing::Standing;
use super::tally::Tally;
use crate::solve::relaxation::Relaxation;

/// Orders in which decisions are tried, one drawn each time, and how much chance is in them.
const ORDERS: usize = 12;
const CHANCES: [f64; 4] = [0.0, 0.25, 0.5, 1.0];
/// The most decisions of an order.
const MOST_TRIED: usize = 4_000;

/// A decision that is tried, and what the relaxation loses by it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tried {
    pub decision: Place,
    pub loss: f64,
}

/// Decisions one after another, and where each stands: behind all others if it is not tried.
pub(super) struct Order {
    pub tried: Vec<Tried>,
    stands: Vec<u32>,
}

impl Order {
    pub fn new(tried: Vec<Tried>, decisions: usize) -> Order {
        let mut stands = vec![u32::MAX; decisions];
        for (stand, own) in (0..).zip(&tried) {
            stands[own.decision as usize] = stand;
        }
        Order { tried, stands }
    }

    pub fn stand(&self, decision: Place) -> u32 {
        self.stands[decision as usize]
    }
}

/// Decisions that fill a row, those first that fill it least.
struct Shelf {
    row: Place,
    amounts: Vec<i64>,
    tried: Vec<Tried>,
}

/// All decisions that are tried, each on the shelf of the row that it fills most.
pub(super) struct Shelves {
    all: Vec<Shelf>,
    /// Those that fill no row of the kind.
    others: Vec<Tried>,
}

impl Shelves {
    pub fn new(tally: &Tally, tried: &[Tried]) -> Shelves {
        let mut rows: BTreeMap<Place, Vec<(i64, Tried)>> = BTreeMap::new();
        let mut others = Vec::new();
        for &own in tried {
            match tally.fills_most(own.decision as usize) {
                Some((row, amount)) => rows.entry(row).or_default().push((amount, own)),
                None => others.push(own),
            }
        }
        let shelf = |(row, mut own): (Place, Vec<(i64, Tried)>)| {
            own.sort_by_key(|(amount, tried)| (*amount, tried.decision));
            let (amounts, tried) = own.into_iter().unzip();
            Shelf {
                row,
                amounts,
                tried,
            }
        };
        Shelves {
            all: rows.into_iter().map(shelf).collect(),
            others,
        }
    }

    /// Puts those into a list, in an order, that fit and lose no more than `most`.
    pub fn list(&self, standing: &Standing<'_>, order: &Order, most: f64, list: &mut Vec<Tried>) {
        let fits = |own: &&Tried| own.loss <= most && standing.fits(own.decision);
        list.clear();
        for shelf in &self.all {
            let room = standing.tally.room(shelf.row);
            let with_room = shelf.amounts.partition_point(|&amount| amount <= room);
            list.extend(shelf.tried[..with_room].iter().filter(fits));
        }
        list.extend(self.others.iter().filter(fits));
        list.sort_unstable_by_key(|own| order.stand(own.decision));
    }
}

/// The decisions that the relaxation would miss least, in several orders.
pub(super) fn orders(relaxation: &Relaxation, rng: &mut ChaCha8Rng) -> Vec<Order> {
    let gains = &relaxation.reduced_costs;
    let gain = |own: Place| gains[own as usize];
    let mut likely: Vec<Place> = (0..).take(gains.len()).collect();
    likely.sort_by(|&a, &b| gain(b).total_cmp(&gain(a)).then(a.cmp(&b)));
    likely.truncate(MOST_TRIED);
    let mut order = |chance: f64| {
        let mut keyed: Vec<(f64, Place)> = Vec::with_capacity(likely.len());
        for &own in &likely {
            let by = chance * relaxation.scale * rng.random_range(-1.0..1.0);
            keyed.push((gain(own) + by, own));
        }
        keyed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let tried = |&(_, decision): &(f64, Place)| Tried {
            decision,
            loss: (-gain(decision)).max(0.0),
        };
        Order::new(keyed.iter().map(tried).collect(), gains.len())
    };
    let chances = CHANCES.iter().cycle().take(ORDERS);
    chances.map(|&chance| order(chance)).collect()
}
