//! Names that are alike: by their sound across spellings and transliterations, or by their letters.

use strsim::osa_distance;

use super::MIN_LETTERS;

/// Whether two folded names sound alike across spellings and transliterations: `katica` and `katitza`,
/// `yulia` and `yuliya`, `tatjana` and `tatiana`.
pub(super) fn sound_alike(a: &str, b: &str) -> bool {
    let (one, other) = (sounds(a), sounds(b));
    a != b && one.iter().any(|sound| sound.len() >= MIN_LETTERS && other.contains(sound))
}

/// What a folded name may sound like; `c` may be read as `s` or as `k`.
fn sounds(name: &str) -> [String; 2] {
    let plain =
        name.replace("tz", "s").replace("ts", "s").replace("cz", "s").replace("ph", "f").replace("ck", "k");
    ['s', 'k'].map(|c_sounds| {
        let mut sound = String::new();
        for c in plain.chars() {
            let c = match c {
                'y' | 'j' => 'i',
                'z' => 's',
                'w' => 'v',
                'q' => 'k',
                'c' => c_sounds,
                '\'' | '-' => continue,
                c => c,
            };
            if !sound.ends_with(c) {
                sound.push(c);
            }
        }
        sound
    })
}

/// Whether two folded names differ in one letter, or in two neighbours that changed places, behind
/// the same first letter.
pub(super) fn spelt_alike(a: &str, b: &str) -> bool {
    let long = a.chars().count().min(b.chars().count()) > MIN_LETTERS;
    a != b && long && a.chars().next() == b.chars().next() && osa_distance(a, b) == 1
}
