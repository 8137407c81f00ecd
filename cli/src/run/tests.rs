//! The engine without a process: definitions run from code, and what is told meanwhile.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use super::*;
use crate::archive::{Outcome, StartedBy};

/// Everything that was told, each line with its kind.
#[derive(Default)]
pub(crate) struct Recorded(Mutex<Vec<String>>);

impl Recorded {
    fn push(&self, kind: &str, message: &str) {
        self.0.lock().unwrap().push(format!("{kind}: {message}"));
    }

    pub(crate) fn has(&self, part: &str) -> bool {
        self.0.lock().unwrap().iter().any(|line| line.contains(part))
    }
}

impl Messages for Recorded {
    fn note(&self, message: &str) {
        self.push("note", message);
    }

    fn warning(&self, message: &str) {
        self.push("warning", message);
    }

    fn failure(&self, message: &str) {
        self.push("failure", message);
    }
}

/// A folder with one session, and a definition that makes a report of it.
pub(crate) fn example(schedule: &str) -> (tempfile::TempDir, Definition) {
    let folder = tempfile::TempDir::new().unwrap();
    let inbox = folder.path().join("inbox");
    std::fs::create_dir(&inbox).unwrap();
    let session = "Chair: The harbour levy is on the table.\nPort Authority: We cannot accept the levy.\n\
                   Chair: Any other view?\nFishers' Union: We support the levy, with a fund for small boats.\n";
    std::fs::write(inbox.join("levy.txt"), session).unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let text = format!(
        "{{\"schema\": 1, \"name\": \"levy\", \"input\": {{\"paths\": [{:?}]}}, \"outputs\": {{\"files\": \
         [{{\"path\": {:?}}}]}}, \"archive\": {{\"path\": {:?}}}{schedule}}}",
        at("inbox"),
        at("out/{id}.md"),
        at("archive.sqlite"),
    );
    let definition = rapporteur::definition::parse(&text, "levy.json").unwrap();
    (folder, definition)
}

#[test]
fn a_run_is_started_from_code_and_a_second_one_has_nothing_to_do() {
    let (folder, definition) = example("");
    let stop = Stop::at_flag(&Arc::new(AtomicBool::new(false)));
    for (n_done, n_unchanged) in [(1, 0), (0, 1)] {
        let messages = Arc::new(Recorded::default());
        let context = RunContext {
            definition: &definition,
            fail_fast: false,
            retry_failed: false,
            started_by: StartedBy::Command,
            due: None,
            messages: Arc::<Recorded>::clone(&messages),
        };
        let finished = execute(&context, &stop).unwrap();
        finished.report(&definition, context.messages.as_ref());
        let counts = &finished.manifest.counts;
        assert_eq!((finished.outcome, counts.done, counts.unchanged), (Outcome::Done, n_done, n_unchanged));
        assert!(messages.has(&format!("note: levy: 1 input: {n_done} done")));
    }
    let out = std::fs::read_dir(folder.path().join("out")).unwrap().count();
    assert_eq!(out, 1);
}

#[test]
fn a_run_that_is_told_to_stop_leaves_its_inputs_to_the_next() {
    let (_folder, definition) = example("");
    let stop = Stop::at_flag(&Arc::new(AtomicBool::new(true)));
    let context = RunContext {
        definition: &definition,
        fail_fast: false,
        retry_failed: false,
        started_by: StartedBy::Command,
        due: None,
        messages: Arc::new(Recorded::default()),
    };
    let finished = execute(&context, &stop).unwrap();
    assert_eq!((finished.outcome, finished.manifest.counts.left), (Outcome::Stopped, 1));
}
