//! Definition files: JSON to a checked [`Definition`], or what is wrong, in which line, and what to
//! write instead.

use serde_json::error::Category;

use crate::error::nearest;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Scope;
use crate::{rank, read, write};

use crate::definition::place::line_of;
use crate::definition::template::Template;
use crate::definition::{Budget, Content, Definition, OutputFile, TableSettings};

/// Reads a definition file; `file` is its name in messages.
///
/// # Errors
/// With the line, and with the nearest known name, when a key, a method, a format or a placeholder is
/// unknown, and when the text is no JSON. What only a scheduler understands is not checked.
pub fn parse(text: &str, file: &str) -> Result<Definition> {
    parse_with(text, file, |_| None)
}

/// The same, with a further check: the JSON pointer of the value that is wrong, and why.
///
/// # Errors
/// As [`parse`], and what the check finds, with its line.
pub fn parse_with(
    text: &str,
    file: &str,
    check: impl Fn(&Definition) -> Option<(String, Error)>,
) -> Result<Definition> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let definition: Definition = serde_json::from_str(text).map_err(|e| explained(&e).in_file(file))?;
    match problems(&definition).into_iter().chain(check(&definition)).next() {
        Some((pointer, error)) => Err(error.in_file(file).at_line(line_of(text, &pointer))),
        None => Ok(definition),
    }
}

/// The library's complaint in our words, with the nearest name where one is unknown.
fn explained(error: &serde_json::Error) -> Error {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    let line = error.line() as u64;
    if error.classify() != Category::Data {
        return Error::usage(format!("this is no JSON: {message}")).at_line(line).remedy("mend it there");
    }
    let mut quoted = message.split('`').skip(1).step_by(2);
    if !message.starts_with("unknown ") {
        return match message.strip_prefix("missing field ") {
            Some(field) => Error::usage(format!("the key {field} is missing")).remedy("add it"),
            None => Error::usage(message).remedy("`rapporteur pipelines show position-brief` is an example"),
        }
        .at_line(line);
    }
    let unknown = quoted.next().unwrap_or("");
    let known: Vec<&str> = quoted.collect();
    let what = if message.starts_with("unknown field") { "key" } else { "value" };
    Error::usage(format!("unknown {what} “{unknown}”")).at_line(line).remedy(suggestion(unknown, &known))
}

/// What may have been meant, and all that could be.
fn suggestion(unknown: &str, known: &[&str]) -> String {
    let all = match known {
        [] => "nothing can be given here".to_owned(),
        [one] => format!("only “{one}” is known here"),
        several => format!("known here: {}", several.join(", ")),
    };
    match nearest(unknown, known.iter().copied()) {
        Some(name) => format!("do you mean “{name}”? {all}"),
        None => all,
    }
}

/// Everything that JSON allows and a definition does not: where, and what is wrong.
fn problems(definition: &Definition) -> Vec<(String, Error)> {
    let mut found = Vec::new();
    if let Some(format) = &definition.input.format {
        let names: Vec<&str> = read::FORMATS.iter().map(|f| f.name).collect();
        found.extend(unknown("/input/format", "input format", format, &names));
    }
    let summary = &definition.summary;
    if let Some(method) = &summary.method {
        let names: Vec<&str> = rank::METHODS.iter().map(|m| m.name).collect();
        found.extend(unknown("/summary/method", "method", method, &names));
    }
    if summary.by == Scope::Answer {
        let names = ["speaker", "stakeholder", "group", "session"];
        found.extend(unknown("/summary/by", "scope", "answer", &names));
    }
    if let Some(by) = definition.compare.as_ref().map(|compare| compare.by)
        && !matches!(by, Scope::Speaker | Scope::Stakeholder | Scope::Group)
    {
        found.extend(unknown("/compare/by", "comparison", by.name(), &["speaker", "stakeholder", "group"]));
    }
    if let Budget::Percent(percent) = summary.budget
        && !(percent > 0.0 && percent <= 100.0)
    {
        let error = Error::usage(format!("{percent} percent cannot be kept to"));
        found.push(("/summary/budget".into(), error.remedy("give a number above 0 and up to 100")));
    }
    if !definition.name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
        || definition.name.starts_with(['.', '-'])
    {
        let error = Error::usage(format!("“{}” cannot be a name", definition.name));
        let remedy = "use letters, digits, hyphens and underscores: it names systemd units";
        found.push(("/name".into(), error.remedy(remedy)));
    }
    for (index, file) in definition.outputs.iter().flat_map(|outputs| &outputs.files).enumerate() {
        found.extend(output_problem(file).map(|(key, e)| (format!("/outputs/files/{index}/{key}"), e)));
    }
    if let Some(outputs) = &definition.outputs {
        found.extend(literal("/outputs/manifest", outputs.manifest.as_deref()));
        found.extend(literal("/outputs/tables/folder", outputs.tables.as_ref().map(|t| t.folder.as_str())));
        found.extend(outputs.tables.iter().flat_map(table_problems));
    }
    if definition.archive.as_ref().is_some_and(|archive| archive.path.trim().is_empty()) {
        let error = Error::usage("the archive has no path");
        found.push(("/archive/path".into(), error.remedy("name an SQLite file, such as out/archive.sqlite")));
    }
    found
}

/// A path that is the same for all sessions.
fn literal(pointer: &str, path: Option<&str>) -> Option<(String, Error)> {
    let path = path?;
    let error = if path.is_empty() || path.ends_with(|c: char| c == '/' || c.is_whitespace()) {
        Error::usage(format!("the path “{path}” names nothing")).remedy("end it with a name")
    } else if path.contains(['{', '}', '\\']) {
        Error::usage(format!("the path “{path}” can have no placeholders and no backslash"))
            .remedy("write it as it stands, with / between folders: there is one for all sessions")
    } else {
        return None;
    };
    Some((pointer.to_owned(), error))
}

fn table_problems(tables: &TableSettings) -> Vec<(String, Error)> {
    let known: Vec<&str> = write::tables::TABLES.iter().map(|table| table.name).collect();
    let tools: Vec<&str> = write::exports::EXPORTS.iter().map(|export| export.name).collect();
    let named = [("only", "table", &tables.only, &known), ("export", "export", &tables.export, &tools)];
    let check = |(key, what, names, known): (&str, &str, &Vec<String>, &Vec<&str>)| {
        let problem = |(index, name): (usize, &String)| {
            unknown(&format!("/outputs/tables/{key}/{index}"), what, name, known)
        };
        names.iter().enumerate().filter_map(problem).collect::<Vec<_>>()
    };
    named.into_iter().flat_map(check).collect()
}

fn output_problem(file: &OutputFile) -> Option<(&'static str, Error)> {
    if let Err(error) = Template::parse(&file.path) {
        return Some(("path", error));
    }
    let (what, names): (&str, Vec<&str>) = match file.content {
        Content::Summary => ("output format", write::FORMATS.iter().map(|f| f.name).collect()),
        Content::Page => ("format of pages", write::page::FORMATS.iter().map(|f| f.name).collect()),
    };
    let by_path = write::format_of_path(&file.path).map(|format| format.name);
    match &file.format {
        Some(format) => unknown("format", what, format, &names).map(|(_, error)| ("format", error)),
        None if by_path.is_some_and(|name| names.contains(&name)) => None,
        None => {
            let error = Error::usage(format!("the extension of “{}” stands for no {what}", file.path));
            Some(("path", error.remedy(format!("add a \"format\": {}", names.join(", ")))))
        }
    }
}

fn unknown(pointer: &str, what: &str, name: &str, known: &[&str]) -> Option<(String, Error)> {
    (!known.contains(&name)).then(|| {
        let kind = ErrorKind::Usage(format!("there is no {what} “{name}”"));
        (pointer.to_owned(), Error::new(kind).remedy(suggestion(name, known)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, line: u64, expected: &[&str]) {
        let error = parse(text, "d.json").expect_err(text);
        let message = error.to_string();
        assert!(message.starts_with(&format!("d.json:{line}: ")), "{text}: {message}");
        for part in expected {
            assert!(message.contains(part), "{text}: no “{part}” in “{message}”");
        }
        assert!(matches!(error.kind(), ErrorKind::Usage(_)), "{text}");
    }

    #[test]
    fn the_least_definition_is_the_schema_alone() {
        assert_eq!(parse("{\"schema\": 1}", "d.json").unwrap(), Definition::default());
        assert_eq!(parse("\u{feff}{\"schema\": 1}", "d.json").unwrap(), Definition::default());
    }

    #[test]
    fn a_definition_is_read_again_from_what_it_is_written_as() {
        for embedded in crate::definition::EMBEDDED {
            let definition = parse(embedded.text, embedded.name).unwrap();
            let text = serde_json::to_string_pretty(&definition).unwrap();
            assert_eq!(parse(&text, embedded.name).unwrap(), definition);
        }
    }

    #[test]
    fn a_mistake_is_named_with_its_line_and_what_was_meant() {
        let cases: &[(&str, u64, &[&str])] = &[
            (
                "{\n \"schema\": 1,\n \"sumary\": {}\n}",
                3,
                &["unknown key “sumary”", "do you mean “summary”?"],
            ),
            ("{\n \"schema\": 1,\n \"summary\": {\n  \"methd\": null}}", 4, &["“methd”", "“method”?"]),
            (
                "{\n \"schema\": 1,\n \"summary\": {\"budget\": {\n  \"word\": 9}}}",
                4,
                &["“word”", "“words”?"],
            ),
            (
                "{\n \"schema\": 1,\n \"summary\": {\n  \"by\": \"speakers\"}}",
                4,
                &["“speakers”", "“speaker”?"],
            ),
            (
                "{\n \"schema\": 1,\n \"summary\": {\n  \"method\": \"lexrnk\"}}",
                4,
                &["“lexrnk”", "“lexrank”?"],
            ),
            ("{\"schema\": 1,\n \"input\": {\"format\": \"vttt\"}}", 2, &["input format “vttt”", "“vtt”?"]),
            ("{\n \"schema\": 2}", 2, &["schema 2", "schema 1"]),
            ("{\n \"summary\": {}\n}", 3, &["key `schema` is missing"]),
            ("{\n \"schema\": 1,\n \"schema\": 1}", 3, &["duplicate field `schema`"]),
            ("{\n \"schema\": 1\n \"name\": \"a\"}", 3, &["no JSON"]),
            ("", 1, &["no JSON"]),
            ("{\n \"schema\": 1, \"name\": \"a/b\"}", 2, &["“a/b” cannot be a name"]),
            ("{\"schema\": 1, \"summary\":\n {\"budget\": {\"words\": 0}}}", 2, &["nonzero"]),
            ("{\"schema\": 1, \"summary\":\n {\"budget\": {\"percent\": 0}}}", 2, &["0 percent"]),
            (
                "{\"schema\": 1, \"outputs\": {\"files\": [\n {\"path\": \"{idd}.md\"}]}}",
                2,
                &["{idd}", "{id}"],
            ),
            (
                "{\"schema\": 1, \"outputs\": {\"files\": [\n {\"path\": \"{id}.pdf\"}]}}",
                2,
                &["no output format"],
            ),
            (
                "{\"schema\": 1, \"outputs\": {\"files\": [\n {\"path\": \"{id}.csv\", \"content\": \"page\"}]}}",
                2,
                &["no format of pages", "html, markdown"],
            ),
            (
                "{\"schema\": 1, \"outputs\": {\"files\": [\n {\"path\": \"x.html\", \"content\": \"pag\"}]}}",
                2,
                &["“pag”", "“page”?"],
            ),
            (
                "{\"schema\": 1, \"outputs\": {\"files\": [\n {\"path\": \"x\", \"format\": \"cvs\"}]}}",
                2,
                &["“csv”?"],
            ),
            ("{\"schema\": 1,\n \"archive\": {\"path\": \" \"}}", 2, &["the archive has no path"]),
            (
                "{\"schema\": 1, \"outputs\": {\"tables\": {\"folder\": \"t\",\n \"only\": [\"stanses\"]}}}",
                2,
                &["table “stanses”", "“stances”?"],
            ),
            ("{\"schema\": 1, \"outputs\": {\n \"manifest\": \"{date}.json\"}}", 2, &["no placeholders"]),
        ];
        assert!(!cases.is_empty());
        for (text, line, expected) in cases {
            check(text, *line, expected);
        }
    }
}
