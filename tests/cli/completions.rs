//! Completions: every definition is offered, and the scripts are such that shells read them.

use super::*;

fn script(shell: &str) -> String {
    stdout(folder().path(), &["completions", shell])
}

#[test]
fn definitions_are_offered_by_name() {
    let definitions = stdout(folder().path(), &["pipelines", "list", "--format", "json"]);
    let definitions: serde_json::Value = serde_json::from_str(&definitions).unwrap();
    let names: Vec<&str> =
        definitions.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    for shell in ["bash", "zsh", "fish"] {
        let script = script(shell);
        assert!(script.lines().any(|line| names.iter().all(|name| line.contains(name))), "{shell}: {script}");
    }
    let zsh = script("zsh");
    assert!(
        zsh.lines().filter(|line| line.contains(":definition")).all(|line| line.contains("_files")),
        "{zsh}"
    );
}

#[test]
fn no_description_of_a_value_ends_its_list_in_fish() {
    let fish = script("fish");
    let values = fish.split(" -a \"").skip(1);
    let mut n_lists = 0;
    for rest in values {
        let list = rest.split('"').next().unwrap();
        n_lists += 1;
        // Each value is on a line: a name, or a name, a tab and a description in single quotation marks.
        for value in list.lines().filter(|value| value.contains("\\t")) {
            assert!(value.ends_with('\''), "the list ends within a description: {value}");
        }
    }
    assert!(n_lists > 30, "{n_lists}");
}

#[test]
fn shells_take_the_scripts() {
    let asked =
        "source completions; complete -C 'rapporteur compare --by '; complete -C 'rapporteur run week'";
    for (shell, arguments, offered) in [
        ("fish", vec!["-c", asked], &["stakeholder\tEach organisation", "weekly-report"][..]),
        ("bash", vec!["-n", "completions"], &[]),
        ("zsh", vec!["-n", "completions"], &[]),
    ] {
        let folder = folder();
        std::fs::write(folder.path().join("completions"), script(shell)).unwrap();
        let Ok(output) =
            std::process::Command::new(shell).args(&arguments).current_dir(folder.path()).output()
        else {
            eprintln!("skipped: there is no {shell} here");
            continue;
        };
        let (said, complaints) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && complaints.is_empty(), "{shell}: {complaints}");
        assert!(offered.iter().all(|value| said.contains(value)), "{shell}: {said}");
    }
}
