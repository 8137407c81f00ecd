//! ROUGE agrees with the reference implementation on random pairs, through the command line.

use std::path::Path;
use std::process::Command;

#[test]
fn random_pairs_score_what_the_reference_implementation_gives_them() {
    let python = std::env::var("ROUGE_PYTHON").unwrap_or_else(|_| "python3".into());
    let installed = Command::new(&python).args(["-c", "import rouge_score"]).output();
    if !installed.as_ref().is_ok_and(|output| output.status.success()) {
        assert!(std::env::var_os("ROUGE_PYTHON").is_none(), "{python} has no rouge_score: {installed:?}");
        eprintln!("skipped: {python} has no rouge_score; pip install rouge-score==0.1.2");
        return;
    }
    let script = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("tests/rouge_reference.py");
    let output = Command::new(python)
        .arg(script)
        .args([env!("CARGO_BIN_EXE_rapporteur"), "1000"])
        .output()
        .expect("the script runs");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}{err}");
    assert!(out.contains("1000 pairs with and without stemming agree"), "{out}{err}");
}
