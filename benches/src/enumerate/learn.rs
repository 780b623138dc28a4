//! How well features tell two classes apart: each alone, and all together by a small decision tree.

/// What was measured of one name.
pub struct Sample {
    pub known: bool,
    pub features: Vec<f64>,
}

/// Levels of the tree: 4 tests in a row.
const DEPTH: usize = 4;
/// A leaf speaks for at least so many names, or it would learn them by heart.
const LEAF_MIN: usize = 25;
/// Places at which a feature is cut, at most.
const CUTS: usize = 32;

/// The area under the curve: how likely a known name scores higher than an unknown one. 0.5 is a coin; which way round does
/// not matter, so the result is never below it.
pub fn auc(scores: &[(f64, bool)]) -> f64 {
    let area = directed_auc(scores);
    area.max(1.0 - area)
}

/// The same with its direction, by ranks; those that tie share theirs (Mann and Whitney).
fn directed_auc(scores: &[(f64, bool)]) -> f64 {
    let mut sorted = scores.to_vec();
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
    let known = sorted.iter().filter(|(_, known)| *known).count();
    let unknown = sorted.len() - known;
    if known == 0 || unknown == 0 {
        return 0.5;
    }
    let (mut rank_sum, mut place) = (0.0, 0);
    while place < sorted.len() {
        let end = sorted[place..].iter().take_while(|(score, _)| *score == sorted[place].0).count() + place;
        let rank = (place + end + 1) as f64 / 2.0;
        rank_sum += rank * sorted[place..end].iter().filter(|(_, known)| *known).count() as f64;
        place = end;
    }
    let known = known as f64;
    (rank_sum - known * (known + 1.0) / 2.0) / (known * unknown as f64)
}

/// A tree that says how likely a name is known.
pub enum Tree {
    Leaf(f64),
    Cut { feature: usize, at: f64, below: Box<Tree>, above: Box<Tree> },
}

impl Tree {
    pub fn grow(samples: &[&Sample]) -> Self {
        Self::grow_to(samples, DEPTH)
    }

    fn grow_to(samples: &[&Sample], depth: usize) -> Self {
        let share = samples.iter().filter(|sample| sample.known).count() as f64 / samples.len().max(1) as f64;
        let cut = (depth > 0).then(|| best_cut(samples)).flatten();
        let Some((feature, at)) = cut else { return Tree::Leaf(share) };
        let (below, above): (Vec<&Sample>, Vec<&Sample>) =
            samples.iter().partition(|sample| sample.features[feature] < at);
        let grow = |side: &[&Sample]| Box::new(Self::grow_to(side, depth - 1));
        Tree::Cut { feature, at, below: grow(&below), above: grow(&above) }
    }

    pub fn score(&self, sample: &Sample) -> f64 {
        match self {
            Tree::Leaf(share) => *share,
            Tree::Cut { feature, at, below, above } => {
                if sample.features[*feature] < *at {
                    below.score(sample)
                } else {
                    above.score(sample)
                }
            }
        }
    }

    /// The tests of the tree, the first one first.
    pub fn tests(&self, names: &[String], out: &mut Vec<String>) {
        if let Tree::Cut { feature, at, below, above } = self {
            out.push(format!("{} < {at:.1}", names[*feature]));
            below.tests(names, out);
            above.tests(names, out);
        }
    }
}

/// The cut after which the two sides are least mixed (Gini); `None` when none makes them less so.
fn best_cut(samples: &[&Sample]) -> Option<(usize, f64)> {
    let all = mixed(samples.iter().map(|sample| sample.known));
    let features = samples.first()?.features.len();
    let mut best: Option<(f64, usize, f64)> = None;
    for feature in 0..features {
        for at in cuts(samples, feature) {
            let side = |above: bool| {
                samples
                    .iter()
                    .filter(move |sample| (sample.features[feature] >= at) == above)
                    .map(|sample| sample.known)
            };
            let (below, above) = (side(false).count(), side(true).count());
            if below < LEAF_MIN || above < LEAF_MIN {
                continue;
            }
            let total = mixed(side(false)) + mixed(side(true));
            if total < all && best.is_none_or(|(least, ..)| total < least) {
                best = Some((total, feature, at));
            }
        }
    }
    best.map(|(_, feature, at)| (feature, at))
}

fn cuts(samples: &[&Sample], feature: usize) -> Vec<f64> {
    let mut values: Vec<f64> = samples.iter().map(|sample| sample.features[feature]).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let step = values.len().div_ceil(CUTS).max(1);
    values.into_iter().skip(1).step_by(step).collect()
}

/// How mixed a side is, times its size.
fn mixed(side: impl Iterator<Item = bool>) -> f64 {
    let (all, known) = side.fold((0.0, 0.0), |(all, known), is| (all + 1.0, known + f64::from(u8::from(is))));
    if all == 0.0 { 0.0 } else { 2.0 * known * (all - known) / all }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::population::Dice;

    /// A feature that says all, one that says nothing, and two that only together say all.
    fn samples() -> Vec<Sample> {
        let mut dice = Dice(7);
        let mut coin = move || dice.below(2) as f64;
        (0..2_000)
            .map(|_| {
                let (one, other, noise) = (coin(), coin(), coin());
                Sample { known: one != other, features: vec![noise, one, other] }
            })
            .collect()
    }

    #[test]
    fn a_feature_that_says_all_scores_one_and_a_coin_a_half() {
        let samples = samples();
        let scores = |feature: &dyn Fn(&Sample) -> f64| {
            auc(&samples.iter().map(|sample| (feature(sample), sample.known)).collect::<Vec<_>>())
        };
        assert!(scores(&|sample| f64::from(u8::from(!sample.known))) > 0.999);
        assert!(scores(&|sample| sample.features[0]) < 0.55);
        assert!(scores(&|sample| sample.features[1]) < 0.55);
    }

    #[test]
    fn a_tree_finds_what_no_single_feature_says() {
        let samples = samples();
        let (train, test): (Vec<_>, Vec<_>) = samples.iter().enumerate().partition(|(n, _)| n % 2 == 0);
        let train: Vec<&Sample> = train.into_iter().map(|(_, sample)| sample).collect();
        let tree = Tree::grow(&train);
        let scores: Vec<(f64, bool)> = test.iter().map(|(_, sample)| (tree.score(sample), sample.known)).collect();
        assert!(auc(&scores) > 0.95, "{}", auc(&scores));
    }
}
