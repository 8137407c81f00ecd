//! The two passes over the sources of a comparison.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::compare::{ComparisonPlan, CorpusFacts, Survey};
use crate::definition::{CompareSettings, InputSettings};
use crate::error::{Error, Result};
use crate::model::{Roster, Session, Warning};
use crate::people::KnownPeople;
use crate::pipeline::Opened;
use crate::prepare::{Kept, Prepared};

use super::allowance::{Allowance, prepare};
use super::source::{Progress, Source};
use super::{at_once, in_order};

/// Surveyed sources in the order of the tables, and what their sessions together tell.
pub struct Corpus<'s, S> {
    members: Vec<Member<'s, S>>,
    settings: &'s InputSettings,
    /// What is the same for all sessions.
    pub plan: ComparisonPlan,
    /// What failed in the first pass.
    pub failures: Vec<Error>,
    /// What was left out of folders, for the user.
    pub left_out: Vec<String>,
}

/// A source that could be opened.
struct Member<'s, S> {
    source: &'s S,
    surveys: Vec<Survey>,
    warnings: Vec<Warning>,
    kept: Option<Vec<OpenedSession>>,
}

/// A session of a source, with what the first pass made of it, if that was kept; the second pass takes it.
struct OpenedSession {
    session: Session,
    made: Mutex<Option<Kept>>,
}

/// What came of a source in the first pass.
enum Surveyed<'s, S> {
    Member(Box<(Member<'s, S>, CorpusFacts)>),
    LeftOut(String),
    Failed(Error),
}

impl<'s, S: Source> Corpus<'s, S> {
    /// Opens every source and decides what is the same for all sessions: people, issues, identifiers.
    pub fn survey(
        sources: &'s [S],
        reading: &'s InputSettings,
        settings: CompareSettings,
        roster: Roster,
        progress: &impl Progress,
    ) -> Self {
        Self::survey_within(&Allowance::default(), sources, reading, (settings, roster), progress)
    }

    /// As [`Self::survey`], keeping no more than is allowed for the second pass.
    pub(super) fn survey_within(
        allowance: &Allowance,
        sources: &'s [S],
        reading: &'s InputSettings,
        (settings, roster): (CompareSettings, Roster),
        progress: &impl Progress,
    ) -> Self {
        let mut members: Vec<Member<'s, S>> = Vec::new();
        let (mut shared, mut failures, mut left_out) = (CorpusFacts::default(), Vec::new(), Vec::new());
        let mut has_session = Vec::with_capacity(sources.len());
        let work = |source: &&'s S| {
            let _work = progress.begin(source.path());
            surveyed(*source, reading, allowance, |session| CorpusFacts::of(session, &roster, &settings))
        };
        let take = |_: &&'s S, surveyed: Surveyed<'s, S>| {
            has_session.push(!matches!(surveyed, Surveyed::LeftOut(_)));
            match surveyed {
                Surveyed::LeftOut(message) => left_out.push(message),
                Surveyed::Member(surveyed) => {
                    let (member, told) = *surveyed;
                    shared.merge(told);
                    members.push(member);
                }
                Surveyed::Failed(error) => failures.push(error),
            }
            progress.advance(1);
            Ok::<(), Infallible>(())
        };
        let jobs: Vec<&S> = sources.iter().collect();
        // Nothing in `take` fails.
        let Ok(()) = in_order(&jobs, work, take);
        failures.extend(without_session(sources, |at| has_session.get(at) == Some(&true)));
        let members = in_table_order(members);
        let surveys: Vec<Survey> = members.iter().flat_map(|member| member.surveys.iter().cloned()).collect();
        let plan = ComparisonPlan::new(settings, roster, shared, &surveys);
        Corpus { members, settings: reading, plan, failures, left_out }
    }

    /// Works on each session, prepared, in parallel and with the identifier that the plan gives it, and hands
    /// over what came of it, with the path of its source, in the order of the tables. The sessions that failed
    /// are given back.
    ///
    /// # Errors
    /// As `take`; nothing more is begun then.
    pub fn sessions<T: Send>(
        &self,
        progress: &impl Progress,
        work: impl Fn(&Prepared<'_>, &str) -> Result<T> + Sync,
        mut take: impl FnMut(&str, T) -> Result<()>,
    ) -> Result<Vec<Error>> {
        let (mut failures, mut ids) = (Vec::new(), self.plan.ids.iter());
        for members in self.members.chunks(at_once()) {
            let opened: Vec<Result<Option<Vec<OpenedSession>>>> = members
                .par_iter()
                .map(|member| {
                    let _work = progress.begin(member.source.path());
                    member.open_again(self.settings)
                })
                .collect();
            // The sessions of all these sources are worked on together: most sources hold one.
            let mut jobs: Vec<(&str, &OpenedSession, &str)> = Vec::new();
            for (member, opened) in members.iter().zip(&opened) {
                let ids: Vec<&String> = ids.by_ref().take(member.surveys.len()).collect();
                let path = member.source.path();
                match opened {
                    Ok(again) => {
                        let sessions = again.iter().chain(&member.kept).flatten();
                        jobs.extend(sessions.zip(ids).map(|(s, id)| (path, s, id.as_str())))
                    }
                    Err(error) => failures.push(error.clone()),
                }
            }
            let work = |&(path, session, id): &(&str, &OpenedSession, &str)| {
                let _work = progress.begin(path);
                work(&session.prepare(&self.plan.known), id)
            };
            in_order(&jobs, work, |(path, _, _), made| match made {
                Ok(made) => take(path, made),
                Err(error) => {
                    failures.push(error.in_file(path));
                    Ok(())
                }
            })?;
            progress.advance(members.len());
        }
        Ok(failures)
    }

    /// What a reader should know of the sessions as a whole.
    pub fn notes(&self) -> Vec<String> {
        notes(self.members.iter().flat_map(|member| &member.surveys), &self.plan)
    }

    /// What readers worked around in each source, with its path.
    pub fn warnings(&self) -> impl Iterator<Item = (&str, &[Warning])> {
        self.members.iter().map(|member| (member.source.path(), member.warnings.as_slice()))
    }
}

impl<'s, S: Source> Member<'s, S> {
    fn new(source: &'s S, sessions: &[Session]) -> Self {
        let surveys = sessions.iter().map(Survey::new).collect();
        let warnings = sessions.iter().flat_map(|session| session.warnings.iter().cloned()).collect();
        Member { source, surveys, warnings, kept: None }
    }

    /// The sessions, the same as when they were surveyed, where they were not kept.
    ///
    /// # Errors
    /// When the source cannot be opened again or is another by now.
    fn open_again(&self, settings: &InputSettings) -> Result<Option<Vec<OpenedSession>>> {
        if self.kept.is_some() {
            return Ok(None);
        }
        let sessions = match self.source.open(settings)? {
            (_, Opened::Sessions(sessions)) => sessions,
            (_, Opened::Other(_)) => Vec::new(),
        };
        if Member::new(self.source, &sessions).surveys != self.surveys {
            return Err(Error::usage("the source was changed while it was read")
                .in_file(self.source.path())
                .remedy("compare again"));
        }
        Ok(Some(sessions.into_iter().map(|session| OpenedSession::new(session, None)).collect()))
    }
}

impl OpenedSession {
    fn new(session: Session, made: Option<Kept>) -> Self {
        OpenedSession { session, made: Mutex::new(made) }
    }

    fn prepare(&self, known: &KnownPeople) -> Prepared<'_> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner).take();
        prepare(&self.session, made, known)
    }
}

/// What a reader should know of sessions as a whole, under a plan that lists their identifiers.
pub(super) fn notes<'s>(surveys: impl Iterator<Item = &'s Survey>, plan: &ComparisonPlan) -> Vec<String> {
    let mut notes = Vec::new();
    if plan.issues.is_empty() {
        notes.push(
            "no issues were found, so positions stand on none; issues are found in English and in \
             headings, and --issues FILE lists them for any language"
                .to_owned(),
        );
    }
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (survey, id) in surveys.zip(&plan.ids) {
        let path = survey.path();
        if survey.id() != id {
            notes.push(format!("{path}: the identifier {:?} is taken; here it is {id:?}", survey.id()));
        }
        if let Some(first) = seen.insert(survey.sha256(), path).filter(|first| *first != path) {
            notes.push(format!("{path}: the same content as {first}; its words count twice"));
        }
    }
    notes
}

/// Members by the key of their first session, those of one file together and in its order.
fn in_table_order<S: Source>(members: Vec<Member<'_, S>>) -> Vec<Member<'_, S>> {
    let mut files: Vec<Vec<Member<'_, S>>> = Vec::with_capacity(members.len());
    for member in members {
        let path = member.source.path();
        let is_same = |file: &&mut Vec<Member<'_, S>>| file.iter().all(|known| known.source.path() == path);
        match files.last_mut().filter(|_| member.source.continues()).filter(is_same) {
            Some(file) => file.push(member),
            None => files.push(vec![member]),
        }
    }
    let key = |file: &[Member<'_, S>]| file.first()?.surveys.first().map(Survey::owned_key);
    files.sort_by_cached_key(|file| key(file));
    files.into_iter().flatten().collect()
}

/// Opens a source, and looks at its sessions for what they tell the others.
fn surveyed<'s, S: Source>(
    source: &'s S,
    reading: &InputSettings,
    allowance: &Allowance,
    look: impl Fn(&Session) -> (CorpusFacts, Kept) + Sync,
) -> Surveyed<'s, S> {
    let (bytes, sessions) = match source.open(reading) {
        Ok((input, Opened::Sessions(sessions))) => (input.bytes.len() as u64, sessions),
        Ok((_, Opened::Other(why))) => return Surveyed::LeftOut(source.left_out(&why)),
        Err(error) => return Surveyed::Failed(error),
    };
    let keeps = allowance.keeps_source(bytes) || !source.is_repeatable();
    let look = |session: &Session| {
        let (told, made) = look(session);
        (told, Some(made).filter(|_| keeps && allowance.keeps_made(session)))
    };
    let (mut facts, mut all_made) = (CorpusFacts::default(), Vec::with_capacity(sessions.len()));
    // Nothing is refused here.
    let Ok(()) = in_order(&sessions, look, |_, (told, made)| {
        facts.merge(told);
        all_made.push(made);
        Ok::<(), Infallible>(())
    });
    let mut member = Member::new(source, &sessions);
    let kept = || sessions.into_iter().zip(all_made).map(|(session, made)| OpenedSession::new(session, made));
    member.kept = keeps.then(|| kept().collect());
    Surveyed::Member(Box::new((member, facts)))
}

/// An error for each folder in which no source holds a session; `has_session` is asked by the place of a
/// source in the list.
pub(super) fn without_session<S: Source>(sources: &[S], has_session: impl Fn(usize) -> bool) -> Vec<Error> {
    let mut folders: Vec<(&str, bool)> = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        let Some(folder) = source.folder() else { continue };
        match folders.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, any)) => *any |= has_session(at),
            None => folders.push((folder, has_session(at))),
        }
    }
    let empty = folders.into_iter().filter(|(_, any)| !any);
    let error = |(folder, _): (&str, bool)| {
        Error::usage("no file of this folder seems to be a transcript")
            .in_file(folder)
            .remedy("name the files, or their format with --input-format")
    };
    empty.map(error).collect()
}
