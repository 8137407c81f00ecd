//! PageRank over a weighted graph.

/// Weighted edges: for each node its neighbours by index, ascending, and the edge weights.
pub type Edges = Vec<Vec<(u32, f64)>>;

/// Rounds after which the walk is taken as it is. The change shrinks by the damping in each round, so that at
/// a damping of 0.85 it is below 1e-7 by then.
const MOST_ROUNDS: usize = 100;
/// Change of all probabilities together that no longer shows: scores are rounded to six decimals.
const CONVERGED: f64 = 1e-9;

/// The stationary probabilities of a random walk that follows an edge with probability `damping`,
/// in proportion to its weight, and else jumps anywhere (Page, Brin, Motwani & Winograd 1999).
///
/// `edges` must be symmetric. The result adds up to 1; a node without edges gets the jump share.
pub fn page_rank(edges: &Edges, damping: f64) -> Vec<f64> {
    let n = edges.len();
    let degrees: Vec<f64> = edges.iter().map(|e| e.iter().map(|&(_, w)| w).sum()).collect();
    let mut rank = vec![1.0 / n.max(1) as f64; n];
    for _ in 0..MOST_ROUNDS {
        let stranded: f64 = (0..n).filter(|&i| degrees[i] <= 0.0).map(|i| rank[i]).sum();
        let jump = (1.0 - damping + damping * stranded) / n as f64;
        let next: Vec<f64> = edges
            .iter()
            .map(|neighbours| {
                let inflow: f64 =
                    neighbours.iter().map(|&(j, w)| rank[j as usize] * w / degrees[j as usize]).sum();
                jump + damping * inflow
            })
            .collect();
        let change: f64 = next.iter().zip(&rank).map(|(a, b)| (a - b).abs()).sum();
        rank = next;
        if change < CONVERGED {
            break;
        }
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::page_rank;

    #[test]
    fn a_star_gives_its_centre_what_the_closed_form_says() {
        // Three leaves around a centre: c = (1-d)/4 + d·3l and l = (1-d)/4 + d·c/3.
        let edges = vec![vec![(1, 1.0), (2, 1.0), (3, 1.0)], vec![(0, 1.0)], vec![(0, 1.0)], vec![(0, 1.0)]];
        let rank = page_rank(&edges, 0.5);
        let centre = (0.125 + 1.5 * 0.125) / (1.0 - 0.25);
        assert!((rank[0] - centre).abs() < 1e-8, "{rank:?}");
        assert!((rank.iter().sum::<f64>() - 1.0).abs() < 1e-8);
    }

    #[test]
    fn nodes_without_edges_share_alike() {
        assert_eq!(page_rank(&vec![vec![], vec![]], 0.85), [0.5, 0.5]);
    }
}
