//! The sum of the largest of several amounts, as they change one at a time.

/// Amounts in order, and what the largest come to.
#[derive(Debug, Clone)]
pub(super) struct Ranked {
    /// The row that counts it, by position.
    pub row: u32,
    amounts: Vec<i64>,
    /// The amounts by position, the largest first.
    order: Vec<usize>,
    /// Where each stands in the order.
    stands: Vec<usize>,
    /// How many of the largest count.
    count: usize,
}

impl Ranked {
    /// So many amounts of 0, of which the `count` largest count.
    pub fn new(count: usize, members: usize) -> Ranked {
        Ranked {
            row: u32::MAX,
            amounts: vec![0; members],
            order: (0..members).collect(),
            stands: (0..members).collect(),
            count,
        }
    }

    /// The smallest that counts, and the largest that does not.
    fn amount_at(&self, stand: usize) -> i64 {
        self.order.get(stand).map_or(0, |&own| self.amounts[own])
    }

    /// By how much the largest would come to more if a member grew by `by`, 0 or more.
    pub fn raise(&self, member: usize, by: i64) -> i64 {
        if self.count == 0 {
            0
        } else if self.stands[member] < self.count {
            by
        } else {
            (self.amounts[member] + by - self.amount_at(self.count - 1)).max(0)
        }
    }

    /// Changes a member; by how much the largest come to more.
    pub fn change(&mut self, member: usize, by: i64) -> i64 {
        let counted = self.stands[member] < self.count;
        let before = self.amounts[member];
        self.amounts[member] += by;
        let mut stand = self.stands[member];
        while stand > 0 && self.amount_at(stand - 1) < self.amounts[member] {
            self.exchange(stand - 1);
            stand -= 1;
        }
        while stand + 1 < self.order.len() && self.amount_at(stand + 1) > self.amounts[member] {
            self.exchange(stand);
            stand += 1;
        }
        match (counted, stand < self.count) {
            (true, true) => by,
            (false, false) => 0,
            // It took the place of the one that stands next behind the largest now.
            (false, true) => self.amounts[member] - self.amount_at(self.count),
            (true, false) => self.amount_at(self.count - 1) - before,
        }
    }

    fn exchange(&mut self, stand: usize) {
        self.order.swap(stand, stand + 1);
        self.stands[self.order[stand]] = stand;
        self.stands[self.order[stand + 1]] = stand + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_are_those_of_a_sorted_list_after_every_change() {
        for count in 0..5 {
            let mut ranked = Ranked::new(count, 4);
            let (mut amounts, mut sum) = ([0_i64; 4], 0);
            let mut chance: i64 = 7;
            for _ in 0..500 {
                chance = (chance * 75 + 74) % 65_537;
                let (member, by) = (usize::try_from(chance % 4).unwrap_or(0), chance % 23 - 11);
                let by = by.max(-amounts[member]);
                let promised = (by >= 0).then(|| ranked.raise(member, by));
                let more = ranked.change(member, by);
                assert!(
                    promised.is_none_or(|own| own == more),
                    "{count}, {amounts:?}"
                );
                amounts[member] += by;
                sum += more;
                let mut sorted = amounts;
                sorted.sort_unstable_by(|a, b| b.cmp(a));
                assert_eq!(
                    sum,
                    sorted.iter().take(count).sum::<i64>(),
                    "{count}, {amounts:?}"
                );
            }
        }
    }
}
