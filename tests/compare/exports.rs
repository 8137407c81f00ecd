//! The files for other tools have the schemas of those tools and are labelled as inferred.

use serde_json::{Value, json};

use super::{ISSUES, SESSIONS, compared, rows};

fn schema() -> Value {
    let text = json!({"type": "string"});
    let tuple = |name: &str, value: Value| json!({"prefixItems": [{"const": name}, value], "minItems": 2, "maxItems": 2});
    let object = |fields: Value| {
        let required: Vec<&String> = fields.as_object().unwrap().keys().collect();
        json!({"type": "object", "required": required, "properties": fields})
    };
    let list = |items: Value| json!({"type": "array", "items": items});
    let number = json!({"type": "integer", "minimum": 0});
    let reference = object(json!({
        "id": text, "sourceId": text, "interview": text,
        "data": tuple("text", object(json!({"startIdx": number, "endIdx": number}))),
    }));
    let quote = object(json!({"id": text, "text": text, "reference": reference}));
    let claim = object(json!({
        "id": text, "title": text, "quotes": list(quote), "similarClaims": list(json!({})), "number": number,
    }));
    let subtopic = object(json!({"id": text, "title": text, "description": text, "claims": list(claim)}));
    let topic = object(json!({
        "id": text, "title": text, "description": text, "topicColor": text, "subtopics": list(subtopic),
    }));
    let source =
        object(json!({"id": text, "interview": text, "data": tuple("text", object(json!({"text": text})))}));
    let report = object(json!({
        "title": text, "description": text, "topics": list(topic), "sources": list(source), "date": text,
    }));
    let metadata = object(json!({
        "startTimestamp": number, "duration": number, "totalCost": text, "author": text,
    }));
    object(json!({"data": tuple("v0.2", report), "metadata": tuple("v0.2", metadata)}))
}

#[test]
fn a_talk_to_the_city_report_has_its_schema_and_quotes_its_sources() {
    let (_folder, tables) = compared(&SESSIONS, &["--issues", ISSUES, "--export", "talk-to-the-city"]);
    let text = std::fs::read_to_string(tables.join("talk-to-the-city.json")).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(report["data"][1]["description"].as_str().unwrap().contains("Inferred"));
    let sources = report["data"][1]["sources"].as_array().unwrap();
    let (mut n_claims, mut wrong) = (0, report.clone());
    for topic in report["data"][1]["topics"].as_array().unwrap() {
        for claim in
            topic["subtopics"].as_array().unwrap().iter().flat_map(|s| s["claims"].as_array().unwrap())
        {
            n_claims += 1;
            let quote = &claim["quotes"][0];
            let id = &quote["reference"]["sourceId"];
            let source = sources.iter().find(|source| source["id"] == *id).unwrap();
            let units: Vec<u16> = source["data"][1]["text"].as_str().unwrap().encode_utf16().collect();
            let place = &quote["reference"]["data"][1];
            let at = |name: &str| place[name].as_u64().unwrap() as usize;
            let slice = String::from_utf16(&units[at("startIdx")..at("endIdx")]).unwrap();
            assert_eq!(slice, quote["text"].as_str().unwrap());
        }
    }
    assert!(n_claims > 20, "{n_claims} claims");
    wrong["data"][0] = json!("v0.1");
    assert!(!validator.is_valid(&wrong));
    let comments = rows(&tables.join("talk-to-the-city.csv"));
    assert!(comments.iter().all(|row| !row["comment-id"].is_empty() && !row["comment-body"].is_empty()));
    assert!(comments.iter().all(|row| row.contains_key("interview")));
}

#[test]
fn a_polis_matrix_has_a_vote_for_each_stated_stance() {
    let (_folder, tables) = compared(&SESSIONS[..1], &["--issues", ISSUES, "--export", "polis"]);
    let first = |name: &str| {
        let text = std::fs::read_to_string(tables.join(name)).unwrap();
        text.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(
        first("polis-participants-votes.csv"),
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2,3,4,5"
    );
    assert_eq!(
        first("polis-comments.csv"),
        "timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,is-seed,group-informed-consensus,comment-body"
    );
    let votes = rows(&tables.join("polis-participants-votes.csv"));
    let stances = rows(&tables.join("stakeholder_stance.csv"));
    let comments = rows(&tables.join("polis-comments.csv"));
    assert_eq!(votes.len(), stances.len());
    for (votes, stances) in votes.iter().zip(&stances) {
        for comment in &comments {
            let expected = match stances[&comment["comment-body"]].as_str() {
                "support" => "1",
                "oppose" => "-1",
                "concern" | "mixed" => "0",
                _ => "",
            };
            assert_eq!(votes[&comment["comment-id"]], expected, "{stances:?}");
        }
    }
    let about = std::fs::read_to_string(tables.join("exports.md")).unwrap();
    assert!(about.contains("Inferred") && about.contains("## polis"));
    assert!(std::fs::read_to_string(tables.join("polis-summary.csv")).unwrap().contains("Inferred"));
}

#[test]
fn matches_of_key_points_have_the_columns_of_their_client_and_spans_of_their_comments() {
    let exports = ["--issues", ISSUES, "--export", "key-points,talk-to-the-city"];
    let (_folder, tables) = compared(&SESSIONS[..1], &exports);
    let text = std::fs::read_to_string(tables.join("key-point-matches.csv")).unwrap();
    assert!(text.starts_with(
        "kp,sentence_text,match_score,comment_id,sentence_id,sents_in_comment,span_start,span_end,num_tokens,\
         argument_quality,kp_quality"
    ));
    let comments = rows(&tables.join("talk-to-the-city.csv"));
    let mut n_checked = 0;
    for row in rows(&tables.join("key-point-matches.csv")) {
        assert!(row["inferred_by"].starts_with("rapporteur "));
        let Some(comment) = comments.iter().find(|c| c["comment-id"] == row["comment_id"]) else { continue };
        let at = |name: &str| row[name].parse::<usize>().unwrap();
        let slice: String = comment["comment-body"]
            .chars()
            .skip(at("span_start"))
            .take(at("span_end") - at("span_start"))
            .collect();
        assert_eq!(slice, row["sentence_text"]);
        n_checked += 1;
    }
    assert!(n_checked > 20, "{n_checked} rows");
}
