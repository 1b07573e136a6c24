//! What candidates stand on: the places, advantages, norms and eligibility of a frame, resolved.

use std::collections::BTreeMap;

use super::Profile;
use super::activity::{ACTIVITIES, Activity};
use super::draw::Draw;
use crate::programme::{Class, DefinitionRecord, Facts, Kind, Locality};
use crate::quantities::{Money, Share};
use crate::record::Known;

/// A frame, resolved.
#[derive(Debug)]
pub(super) struct Ground<'a> {
    /// The tables.
    pub facts: &'a Facts,
    /// What kind of programme.
    pub profile: Profile,
    /// The first year still open.
    pub first: u16,
    /// The last year.
    pub last: u16,
    /// Zones, in order of first use.
    pub zones: Vec<Zone>,
    /// Known advantages.
    pub cells: Vec<Cell>,
    /// Sectors that a candidate may be of.
    pub sectors: Vec<usize>,
    /// Size of the money.
    pub purse: Purse,
    /// Whether most communes are mountain communes.
    pub is_mountainous: bool,
    zone_of: Vec<usize>,
    bounds: BTreeMap<&'a str, Bounds>,
    advantage: BTreeMap<(bool, usize, usize), i64>,
}

/// A zone.
#[derive(Debug, Default)]
pub(super) struct Zone {
    /// Its areas.
    pub areas: Vec<usize>,
    /// Its known advantages, by position in [`Ground::cells`].
    pub cells: Vec<usize>,
    /// Trades that are common in it, with or without an advantage.
    pub usual: Vec<usize>,
    /// How many candidates it brings.
    pub weight: i64,
}

/// A known advantage.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    /// The zone.
    pub zone: usize,
    /// The area, where the advantage is of one area only.
    pub area: Option<usize>,
    /// The sector.
    pub sector: usize,
    /// In percent.
    pub advantage: i64,
}

/// How large the ceilings are: it says how large pilots may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purse {
    /// Below 5 bn đồng a year.
    Small,
    /// Below 12 bn a year.
    Middle,
    /// More, or not said.
    Large,
}

/// Where a candidate lies, for the funds that look at the class of its area.
#[derive(Debug, Clone, Copy)]
pub(super) enum Site {
    /// Wherever suits the fund.
    Anywhere,
    /// In an area, or without a place.
    In(Option<usize>),
}

/// The strictest and the loosest norm of an activity, whatever its territory and dates.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// The smallest percentage, in basis points.
    pub least_percent: i64,
    /// The smallest cap of one unit.
    pub least_cap: Option<Money>,
    /// The largest percentage; none where some norm has no percentage.
    pub most_percent: Option<i64>,
    /// The largest cap; none where some norm has no cap.
    pub most_cap: Option<Money>,
}

impl Bounds {
    const NONE: Bounds = Bounds {
        least_percent: Share::WHOLE,
        least_cap: None,
        most_percent: None,
        most_cap: None,
    };
}

impl<'a> Ground<'a> {
    /// The frame of `facts`, resolved.
    pub fn new(profile: Profile, facts: &'a Facts, seed: u64) -> Ground<'a> {
        let (zones, zone_of) = zones(facts);
        let sectors = (0..facts.sectors.len()).collect::<Vec<_>>();
        let own = |&position: &usize| {
            let code = facts.sectors[position].sector.as_str();
            !["mixed", "industrial_cluster"].contains(&code)
        };
        let real: Vec<_> = sectors.iter().copied().filter(own).collect();
        let mut ground = Ground {
            facts,
            profile,
            first: facts.about.open_from,
            last: facts.about.last_year,
            zones,
            cells: Vec::new(),
            sectors: if real.is_empty() { sectors } else { real },
            purse: purse(facts),
            is_mountainous: is_mountainous(facts),
            zone_of,
            bounds: bounds(facts),
            advantage: BTreeMap::new(),
        };
        ground.take_advantage();
        for (position, zone) in ground.zones.iter_mut().enumerate() {
            let mut draw = Draw::new(seed, 4, position);
            zone.usual = (0..4)
                .filter_map(|_| draw.one_of(&ground.sectors).copied())
                .collect();
        }
        ground
    }

    fn take_advantage(&mut self) {
        for own in self.facts.regional_advantage().cells() {
            let Some(advantage) = own.advantage() else {
                continue;
            };
            let (area, zone) = match own.locality {
                Locality::Area(area) => (Some(area.index()), self.zone_of[area.index()]),
                Locality::Zone(zone) => (None, zone.index()),
            };
            let (sector, advantage) = (own.sector.index(), advantage.0 / 100);
            let place = area.unwrap_or(zone);
            self.advantage
                .insert((area.is_some(), place, sector), advantage);
            self.zones[zone].cells.push(self.cells.len());
            self.cells.push(Cell {
                zone,
                area,
                sector,
                advantage,
            });
        }
        for zone in &mut self.zones {
            let advantages = zone.cells.iter().map(|&cell| self.cells[cell].advantage);
            let draws = 40 + (advantages.sum::<i64>() / 8).min(40);
            zone.weight = draws * i64::try_from(zone.areas.len()).unwrap_or(1);
        }
    }

    /// How many years are open.
    pub fn years(&self) -> usize {
        usize::from(self.last.saturating_sub(self.first)) + 1
    }

    /// The zone of an area.
    pub fn zone_of(&self, area: usize) -> usize {
        self.zone_of[area]
    }

    /// The advantage of an area in a sector, in percent; none where unknown.
    pub fn advantage(&self, area: usize, sector: usize) -> Option<i64> {
        let own = self.advantage.get(&(true, area, sector));
        own.or_else(|| self.advantage.get(&(false, self.zone_of[area], sector)))
            .copied()
    }

    /// The norms of an activity.
    pub fn bounds(&self, activity: &Activity) -> Bounds {
        self.bounds
            .get(activity.code)
            .copied()
            .unwrap_or(Bounds::NONE)
    }

    /// The activities of the frame that some fund pays for, or those that none does.
    pub fn activities(&self, kind: Kind, is_paid: bool) -> Vec<&'static Activity> {
        let own = |activity: &&Activity| {
            self.has(activity.code)
                && self.is_paid(&[activity.code], kind, Site::Anywhere) == is_paid
        };
        ACTIVITIES.iter().filter(own).collect()
    }

    /// Whether the frame has an activity.
    pub fn has(&self, code: &str) -> bool {
        self.facts.activities.iter().any(|row| row.activity == code)
    }

    /// Whether one fund pays for all of `codes` in a project of a kind at a site.
    pub fn is_paid(&self, codes: &[&str], kind: Kind, site: Site) -> bool {
        let mut funds = self.facts.funds.iter();
        funds.any(|fund| {
            codes
                .iter()
                .all(|code| self.pays(&fund.fund, code, kind, site))
        })
    }

    /// Whether a fund pays for an activity in a project of a kind at a site.
    pub fn pays(&self, fund: &str, code: &str, kind: Kind, site: Site) -> bool {
        let is_of_class = |asked: Class| match site {
            Site::Anywhere => true,
            Site::In(None) => false,
            Site::In(Some(area)) => match self.facts.areas[area].class {
                Known::Is(class) => class == asked,
                Known::Unknown => true,
            },
        };
        let rows = self.facts.eligibility.iter();
        let mut rows = rows.filter(|row| row.fund == fund).peekable();
        rows.peek().is_none()
            || rows.any(|row| {
                row.activity.as_deref().is_none_or(|own| own == code)
                    && row.kind.is_none_or(|own| own == kind)
                    && row.area_class.is_none_or(is_of_class)
            })
    }

    /// What every definition of a kind asks at least of `column`, if it asks for more than one.
    pub fn asks(
        &self,
        kind: Kind,
        column: impl Fn(&DefinitionRecord) -> Option<i64>,
    ) -> Option<i64> {
        let rows = self.facts.definitions.iter().filter(|row| row.kind == kind);
        rows.map(|row| column(row).unwrap_or(0))
            .min()
            .filter(|&least| least > 1)
    }

    /// The largest figure that a definition of a kind asks of `column`; 0 if none does.
    pub fn most_asked(&self, kind: Kind, column: impl Fn(&DefinitionRecord) -> Option<i64>) -> i64 {
        let rows = self.facts.definitions.iter().filter(|row| row.kind == kind);
        rows.filter_map(column).max().unwrap_or(0)
    }
}

fn zones(facts: &Facts) -> (Vec<Zone>, Vec<usize>) {
    let mut zones: Vec<Zone> = Vec::new();
    let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
    let mut zone_of = Vec::with_capacity(facts.areas.len());
    for (area, row) in facts.areas.iter().enumerate() {
        let zone = *positions.entry(&row.zone).or_insert(zones.len());
        if zone == zones.len() {
            zones.push(Zone::default());
        }
        zones[zone].areas.push(area);
        zone_of.push(zone);
    }
    (zones, zone_of)
}

fn bounds(facts: &Facts) -> BTreeMap<&str, Bounds> {
    let mut all: BTreeMap<&str, Bounds> = BTreeMap::new();
    for row in &facts.norms {
        let percent = row.percent.map(|share| share.0);
        let own = Bounds {
            least_percent: percent.unwrap_or(Share::WHOLE),
            least_cap: row.cap,
            most_percent: percent,
            most_cap: row.cap,
        };
        let larger = |one: Option<i64>, other: Option<i64>| Some(one?.max(other?));
        let bounds = all.entry(&row.activity).or_insert(own);
        bounds.least_percent = bounds.least_percent.min(own.least_percent);
        bounds.least_cap = bounds.least_cap.into_iter().chain(own.least_cap).min();
        bounds.most_percent = larger(bounds.most_percent, own.most_percent);
        let caps = (
            bounds.most_cap.map(|cap| cap.0),
            own.most_cap.map(|cap| cap.0),
        );
        bounds.most_cap = larger(caps.0, caps.1).map(Money);
    }
    all
}

/// The mean of the yearly ceilings; a frame without ceilings is large.
fn purse(facts: &Facts) -> Purse {
    let years = i64::from(facts.about.last_year.saturating_sub(facts.about.first_year)) + 1;
    let all: Money = facts.ceilings.iter().map(|row| row.amount).sum();
    let mean = all.0 / years / Money::MILLION.0;
    match mean {
        1..5_000 => Purse::Small,
        5_000..12_000 => Purse::Middle,
        _ => Purse::Large,
    }
}

/// Most areas with a known class are difficult; where no class is known, the mean area is above
/// 100 km², as communes in the mountains are.
fn is_mountainous(facts: &Facts) -> bool {
    let known = facts.areas.iter().filter_map(|area| area.class.get());
    let (all, difficult) = known.fold((0, 0), |(all, difficult), class| {
        (all + 1, difficult + i64::from(class != Class::Ordinary))
    });
    if all > 0 {
        return difficult * 2 > all;
    }
    let surfaces = facts.areas.iter().filter_map(|area| area.km2.get());
    let (count, sum) = surfaces.fold((0, 0), |(count, sum), own| (count + 1, sum + own.0));
    sum > count * 100 * 100
}
