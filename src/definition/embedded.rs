//! The definitions that come with the program, so that they work anywhere.

/// A definition that comes with the program.
#[derive(Debug, Clone, Copy)]
pub struct Embedded {
    /// The name that `run` takes.
    pub name: &'static str,
    /// The definition file, to be read with [`crate::definition::parse`] or copied.
    pub text: &'static str,
}

/// All definitions that come with the program, in the order in which they are listed.
pub const EMBEDDED: &[Embedded] = &[
    Embedded { name: "position-brief", text: include_str!("../../pipelines/position-brief.json") },
    Embedded { name: "session-pages", text: include_str!("../../pipelines/session-pages.json") },
    Embedded {
        name: "stakeholder-comparison",
        text: include_str!("../../pipelines/stakeholder-comparison.json"),
    },
    Embedded { name: "weekly-report", text: include_str!("../../pipelines/weekly-report.json") },
];

/// The definition of that name.
pub fn embedded(name: &str) -> Option<&'static Embedded> {
    EMBEDDED.iter().find(|embedded| embedded.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::parse;

    #[test]
    fn every_embedded_definition_is_valid_under_its_own_name() {
        assert!(!EMBEDDED.is_empty());
        for embedded in EMBEDDED {
            let definition = parse(embedded.text, embedded.name).unwrap();
            assert_eq!(definition.name, embedded.name);
            assert!(!definition.about.is_empty(), "{} does not say what it is good for", embedded.name);
            assert!(definition.outputs.is_some_and(|outputs| !outputs.files.is_empty()));
        }
    }

    #[test]
    fn every_file_of_the_folder_is_embedded() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines");
        let mut n_files = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            let embedded = embedded(name).unwrap_or_else(|| panic!("{name} is not embedded"));
            assert_eq!(embedded.text, std::fs::read_to_string(&path).unwrap());
            n_files += 1;
        }
        assert_eq!(n_files, EMBEDDED.len());
    }
}
