//! What a roster may look like, and what is said where it does not.

use proptest::prelude::*;

use super::*;

fn entries(text: &str) -> Vec<RosterEntry> {
    parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}")).entries
}

fn complaint(text: &str) -> String {
    parse(text.as_bytes()).expect_err(text).to_string()
}

#[test]
fn tables_and_documents_say_the_same() {
    let expected = [
        RosterEntry {
            speaker: "Ada Okoro".into(),
            aliases: vec!["AO".into(), "Ms. Okoro".into()],
            stakeholder: "Harbour Trust".into(),
            group: "civil society".into(),
            role: Some(Role::Chair),
        },
        RosterEntry { speaker: "Bo Lund".into(), ..RosterEntry::default() },
    ];
    for text in [
        "speaker,aliases,stakeholder,group,role\nAda Okoro,AO; Ms. Okoro,Harbour Trust,civil society,chair\nBo Lund,,,,\n",
        "\u{feff}Speaker;Aliases;Stakeholder;Group;Role\r\nAda Okoro;\"AO;Ms. Okoro\";Harbour Trust;civil society;Chair\r\n;;;;\r\nBo Lund;;;;\r\n",
        "group\trole\tspeaker\taliases\tstakeholder\tbecause\ncivil society\tchair\tAda Okoro\tAO;Ms. Okoro\tHarbour Trust\tfound so\n\t\tBo Lund\n",
        r#"[{"speaker": "Ada Okoro", "aliases": ["AO", "Ms. Okoro"], "stakeholder": "Harbour Trust",
             "group": "civil society", "role": "chair", "because": "found so"}, {"speaker": "Bo Lund", "role": null}]"#,
        r#"{"entries": [{"speaker": "Ada Okoro", "aliases": "AO;Ms. Okoro", "stakeholder": "Harbour Trust",
             "group": "civil society", "role": "chair"}, {"speaker": "Bo Lund"}]}"#,
    ] {
        assert_eq!(entries(text), expected, "{text}");
    }
}

#[test]
fn rows_with_the_role_of_an_organisation_are_organisations() {
    let roster = parse(
        b"speaker,aliases,group,role\nAda Okoro,,,\nHarbour Trust,HT;The Trust,charity,organisation\n\
          HT,,,speaker\nQuay Ltd,,,Organization\n",
    )
    .unwrap();
    let voices: Vec<&str> = roster.entries.iter().map(|entry| entry.speaker.as_str()).collect();
    // A voice may be called as an organisation is.
    assert_eq!(voices, ["Ada Okoro", "HT"]);
    let trust = RosterOrganisation {
        name: "Harbour Trust".into(),
        aliases: vec!["HT".into(), "The Trust".into()],
        group: "charity".into(),
    };
    assert_eq!(roster.organisations.first(), Some(&trust));
    assert_eq!(roster.organisations.len(), 2);
    for (text, said) in [
        (
            "speaker,stakeholder,role\nQuay,Port,organisation\n",
            "line 2: this is no readable roster: the organisation",
        ),
        (
            "speaker,aliases,role\nQuay,Q,organisation\nKai,Q,organisation\n",
            "\"Q\" is \"Quay\" in line 2 and \"Kai\" here",
        ),
        ("speaker,role\nQuay,organisaton\n", "do you mean \"organisation\"?"),
    ] {
        assert!(complaint(text).contains(said), "{}", complaint(text));
    }
}

#[test]
fn what_is_wrong_is_named_with_its_line_and_a_remedy() {
    for (text, said) in [
        (
            "name,organisation\nAda,X\n",
            "line 1: this is no readable roster: unknown column \"name\"; do you mean \"speaker\"?",
        ),
        ("speaker,stakehloder\n", "do you mean \"stakeholder\"?"),
        ("speaker,shoe size\n", "the columns are speaker, aliases"),
        (
            "speaker,role\nAda,\nBo,moderater\n",
            "line 3: this is no readable roster: unknown role \"moderater\"; do you mean \"moderator\"?",
        ),
        (
            "speaker,role\nAda Okoro,\nada okoro,\n",
            "line 3: this is no readable roster: \"Ada Okoro\" is listed twice, first in line 2",
        ),
        (
            "speaker,aliases\nAda,AO\nAlf,AO\n",
            "line 3: this is no readable roster: \"AO\" is \"Ada\" in line 2 and \"Alf\" here",
        ),
        ("speaker,group\n,industry\n", "line 2: this is no readable roster: an entry has no speaker"),
        ("speaker,group\nAda,industry,chair\n", "there is no column for \"chair\""),
        ("aliases,group\nAda,industry\n", "it has no column \"speaker\""),
        ("speaker,speaker\nAda,Bo\n", "two columns \"speaker\""),
        (
            "[{\"speaker\": \"Ada\"},\n {\"speaker\": \"Bo\", \"rol\": \"chair\"}]",
            "line 2: this is no readable roster: unknown column \"rol\"; do you mean \"role\"?",
        ),
        (
            "[{\"speaker\": \"Ada\"},\n {\"speaker\": 5}]",
            "line 2: this is no readable roster: \"speaker\" is no text",
        ),
        ("[{\"speaker\": \"Ada\",]", "line 1"),
        ("{\"people\": []}", "no key \"entries\""),
        ("[7]", "an entry is no object"),
        ("", "it has no column \"speaker\""),
    ] {
        let complaint = complaint(text);
        assert!(complaint.contains(said), "{complaint:?} does not say {said:?}");
    }
    let latin = parse(b"speaker\nAda\nJos\xe9\n").expect_err("no UTF-8").to_string();
    assert!(latin.contains("line 3") && latin.contains("UTF-8"), "{latin}");
}

#[test]
fn an_entry_holds_for_its_name_aliases_and_other_titles() {
    let roster =
        parse(b"speaker,aliases\nAda Okoro,AO\nAda Okoro (East),\nBo Lund,the delegate\n").expect("a roster");
    let index = Index::new(&roster);
    let found = |label: &str| index.find(label).and_then(|at| index.entry(at)).map(|e| e.speaker.as_str());
    assert_eq!(found("ada  OKORO"), Some("Ada Okoro"));
    assert_eq!(found("AO"), Some("Ada Okoro"));
    assert_eq!(found("Ada Okoro (East)"), Some("Ada Okoro (East)"));
    assert_eq!(found("Dr. Ada Okoro"), None, "two entries have that name");
    assert_eq!(found("Mr. Bo Lund (Kestria)"), Some("Bo Lund"));
    assert_eq!(found("The Delegate"), Some("Bo Lund"));
    assert_eq!(found("Lund"), None);
}

fn cell() -> impl Strategy<Value = String> {
    "[ -~äé“”\t]{0,12}".prop_map(|text| text.replace(';', ","))
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn nothing_like_a_roster_makes_it_panic(text in "(speaker|aliases|role|[\\[\\]{},;:\"'\\n\\t a-f]){0,60}") {
        let _ = parse(text.as_bytes());
    }

    #[test]
    fn what_is_written_is_read_back(
        rows in proptest::collection::vec((cell(), cell(), cell(), 0..6usize), 0..5)
    ) {
        let written: Vec<(RosterEntry, String)> = rows
            .into_iter()
            .enumerate()
            .map(|(number, (name, alias, stakeholder, role))| {
                let made = entry(
                    &format!("{name}{number}"),
                    vec![&format!("{alias}:{number}")],
                    &stakeholder,
                    "",
                    ROLES.get(role).map_or("", |r| r.name()),
                );
                match made.expect("an entry") {
                    Row::Voice(entry) => (entry, "found so".to_owned()),
                    Row::Organisation(_) => unreachable!("its role is none"),
                }
            })
            .collect();
        let expected: Vec<RosterEntry> = written.iter().map(|(entry, _)| entry.clone()).collect();
        let rows: Vec<(u64, Row)> = expected.iter().map(|entry| (1, Row::Voice(entry.clone()))).collect();
        prop_assume!(check_names(&rows, Row::voice_names).is_ok());
        let organisation = |(entry, because): &(RosterEntry, String)| {
            let (name, aliases) = (entry.speaker.clone(), entry.aliases.clone());
            (RosterOrganisation { name, aliases, group: String::new() }, because.clone())
        };
        let organisations: Vec<(RosterOrganisation, String)> = written.iter().map(organisation).collect();
        let of_organisations: Vec<RosterOrganisation> = organisations.iter().map(|(o, _)| o.clone()).collect();
        let written = FoundRoster { entries: written, organisations };
        for text in [to_csv(&written).expect("a table"), to_json(&written).expect("a document")] {
            let read = parse(text.as_bytes()).map(|roster| (roster.entries, roster.organisations));
            prop_assert_eq!(read, Ok((expected.clone(), of_organisations.clone())), "{}", text);
        }
    }
}
