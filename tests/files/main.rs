//! Files of users: none is written over, none is half done, and a folder is read as what it is.

mod inbox;
mod limits;
mod outputs;
mod stopped;
mod support;
