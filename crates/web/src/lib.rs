//! The pages that a person walks through, and the server that shows them.
//!
//! [`pages`] has one file per page; each takes a [`Frame`] and what the page is about, and renders it. [`Looks`] makes
//! the style and the policy that admits it. Nothing here decides who gets in.

mod answer;
mod call;
mod client;
mod form;
mod frame;
mod gzip;
mod looks;
mod pace;
pub mod pages;
mod places;
mod routes;
mod server;
mod site;
mod tls;
mod token;

/// What reads a stranger's bytes: for the fuzz targets.
#[doc(hidden)]
pub mod strangers {
    pub use crate::client::{Sender, address, cookies, is_for, sender};
    pub use crate::form::{Form, query};
}

pub use frame::{FooterLink, Frame, Secretariat, Trail, WalkTitle};
pub use looks::{
    Colour, Corners, LOGO_BYTES_MAX, Logo, Looks, LooksError, NotAColour, Organisation, SCRIPT, TOLL_SCRIPT,
};
pub use server::{Limits, Listener, serve};
pub use site::{BoardMessage, MessageBoard, Site, SiteOptions};
pub use tls::Tls;
