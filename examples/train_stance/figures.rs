//! How well weights do on sessions that they were not trained on.

use rapporteur::model::Stance;

use crate::logistic::{Fitted, Settings, fit};
use crate::sessions::{Annotations, Side, side};
use crate::train::{Shown, shown, train};

const CONFIDENCE_FIT: Settings = Settings { ridge: 3.0, balanced: false };
/// Bounds of the rows of the reliability table.
const BANDS: [f64; 6] = [0.0, 0.5, 0.6, 0.7, 0.8, 1.01];

/// The cells of each session, filled by weights that were trained on the others.
pub(crate) fn held_out(sessions: &[&Annotations]) -> Vec<Shown> {
    let mut cells = Vec::new();
    for (number, session) in sessions.iter().enumerate() {
        let others: Vec<&Annotations> =
            sessions.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, s)| *s).collect();
        cells.extend(shown(number, session, &train(&others)));
    }
    cells
}

/// The weights of confidence, from cells of sessions that the other weights had not seen.
pub(crate) fn confidence(cells: &[Shown]) -> [f64; 4] {
    let Fitted { bias, weights } = fit_confidence(cells.iter());
    [bias, weights[0], weights[1], weights[2]]
}

fn fit_confidence<'c>(cells: impl Iterator<Item = &'c Shown>) -> Fitted {
    let (rows, labels): (Vec<Vec<f64>>, Vec<bool>) = cells.map(|c| (c.features.clone(), c.is_right)).unzip();
    fit(&rows, &labels, CONFIDENCE_FIT)
}

/// Prints the figures of each session and of all to standard error.
pub(crate) fn print(sessions: &[&Annotations], cells: &[Shown]) {
    for (number, session) in sessions.iter().enumerate() {
        let own: Vec<&Shown> = cells.iter().filter(|cell| cell.session == number).collect();
        print_line(&session.name, &[(number, session)], &own);
    }
    let numbered: Vec<(usize, &Annotations)> = sessions.iter().copied().enumerate().collect();
    print_line("all", &numbered, &cells.iter().collect::<Vec<_>>());
    for (name, is_stated) in [("stated", true), ("inferred", false)] {
        let tier: Vec<&Shown> = cells.iter().filter(|cell| cell.is_stated == is_stated).collect();
        let right = tier.iter().filter(|cell| cell.is_right).count();
        eprintln!("{name}: {right} of {} right, {:.3}", tier.len(), ratio(right, tier.len()));
    }
    reliability(sessions.len(), cells);
}

fn print_line(name: &str, sessions: &[(usize, &Annotations)], cells: &[&Shown]) {
    let n_cells: usize = sessions.iter().map(|(_, session)| session.cells.len()).sum();
    let right = cells.iter().filter(|cell| cell.is_right).count();
    let shows = cells.iter().filter(|cell| cell.is_right && cell.shows).count();
    let of_class = |wanted: Side| {
        let told: Vec<&&Shown> = cells.iter().filter(|cell| side(cell.stance) == wanted).collect();
        let told_right = told.iter().filter(|cell| cell.is_right).count();
        let annotated = |cell: &Shown| {
            let session = sessions.iter().find(|(number, _)| *number == cell.session)?.1;
            session.cells.get(&cell.cell)
        };
        let hits = told.iter().filter(|c| annotated(c).and_then(|a| a.only()) == Some(wanted)).count();
        let hard = sessions.iter().flat_map(|(_, s)| s.cells.values()).filter(|a| a.only() == Some(wanted));
        f1(ratio(told_right, told.len()), ratio(hits, hard.count()))
    };
    let (of_support, of_against) = (of_class(side(Stance::Support)), of_class(side(Stance::Oppose)));
    eprintln!(
        "{name:12} cells {}/{right}/{n_cells} P {:.3} R {:.3} macro-F1 {:.3} (support {of_support:.3}, against \
         {of_against:.3}) evidence {:.2}",
        cells.len(),
        ratio(right, cells.len()),
        ratio(right, n_cells),
        (of_support + of_against) / 2.0,
        ratio(shows, right),
    );
}

/// Confidence against the share that is right; each session's confidence by weights of the others.
fn reliability(n_sessions: usize, cells: &[Shown]) {
    let mut told: Vec<(f64, bool)> = Vec::new();
    for number in 0..n_sessions {
        let fitted = fit_confidence(cells.iter().filter(|cell| cell.session != number));
        let own = cells.iter().filter(|cell| cell.session == number);
        told.extend(
            own.map(|cell| (rapporteur::stats::logistic(fitted.odds(&cell.features)), cell.is_right)),
        );
    }
    for band in BANDS.windows(2) {
        let inside: Vec<&(f64, bool)> = told.iter().filter(|(c, _)| (band[0]..band[1]).contains(c)).collect();
        let mean = inside.iter().map(|(c, _)| c).sum::<f64>() / inside.len().max(1) as f64;
        let right = inside.iter().filter(|(_, right)| *right).count();
        eprintln!(
            "confidence {:.1} to {:.1}: {} cells, mean {mean:.2}, right {:.2}",
            band[0],
            band[1].min(1.0),
            inside.len(),
            ratio(right, inside.len())
        );
    }
}

fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}
