//! The independent counts, each on sources whose words are counted by hand.
