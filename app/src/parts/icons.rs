//! The page's own drawings, inline: one line weight, the colour of the text around them.

use leptos::prelude::*;

/// A drawing on a grid of 24 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawing {
    /// Kayle's own mark: a shield that confirms.
    Shield,
    /// What is handed over.
    Share,
    /// What may be added.
    Plus,
    /// What nobody gets to see.
    Hidden,
    /// Where it goes on.
    Onward,
    /// A face in a frame.
    Face,
    /// A phone.
    Phone,
    /// A passport with its chip.
    Passport,
    /// Time.
    Clock,
    /// Languages.
    Globe,
    /// Done, or confirmed.
    Check,
    /// Refused, or failed.
    Cross,
    /// Something to mind.
    Alert,
    /// A tester's tool.
    Flask,
}

impl Drawing {
    /// Every stroke, as one path.
    const fn path(self) -> &'static str {
        match self {
            Self::Shield => {
                "M12 3l7.5 2.8v5.4c0 4.6-3.1 8-7.5 9.8-4.4-1.8-7.5-5.2-7.5-9.8V5.8zM8.5 12l2.5 2.5 4.5-5"
            }
            Self::Share => "M4 12v7h16v-7M12 15V4M8 8l4-4 4 4",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Hidden => {
                "M4 4l16 16M9.5 5.6A9 9 0 0 1 12 5.2c4.4 0 7.6 3 9 6.8a11 11 0 0 1-2.4 3.7M6.4 7.1A11 11 0 0 0 3 12c1.4 3.8 4.6 6.8 9 6.8a9 9 0 0 0 4.6-1.3M9.9 9.9a3 3 0 0 0 4.2 4.2"
            }
            Self::Onward => "M5 12h14M13 6l6 6-6 6",
            Self::Face => {
                "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M9 9.5v1M15 9.5v1M8.8 14.5a4.5 4.5 0 0 0 6.4 0"
            }
            Self::Phone => {
                "M8 2.8h8a1.5 1.5 0 0 1 1.5 1.5v15.4a1.5 1.5 0 0 1-1.5 1.5H8a1.5 1.5 0 0 1-1.5-1.5V4.3A1.5 1.5 0 0 1 8 2.8zM11 18.2h2"
            }
            Self::Passport => {
                "M6.5 2.8H18a.7.7 0 0 1 .7.7v17a.7.7 0 0 1-.7.7H6.5A1.2 1.2 0 0 1 5.3 20V4a1.2 1.2 0 0 1 1.2-1.2zM8.5 17.5h7M12 7a3.3 3.3 0 1 0 0 6.6A3.3 3.3 0 0 0 12 7zM8.7 10.3h6.6"
            }
            Self::Clock => "M12 3.2a8.8 8.8 0 1 0 0 17.6 8.8 8.8 0 0 0 0-17.6zM12 7.5V12l3 2",
            Self::Globe => {
                "M12 3.2a8.8 8.8 0 1 0 0 17.6 8.8 8.8 0 0 0 0-17.6zM3.4 12h17.2M12 3.2c2.4 2.4 3.6 5.4 3.6 8.8s-1.2 6.4-3.6 8.8c-2.4-2.4-3.6-5.4-3.6-8.8S9.6 5.6 12 3.2z"
            }
            Self::Check => "M5 12.5l4.8 4.8L19.5 7",
            Self::Cross => "M6.5 6.5l11 11M17.5 6.5l-11 11",
            Self::Alert => "M12 4l9 15.5H3zM12 10v4M12 16.8v.2",
            Self::Flask => {
                "M9.5 3h5M10.5 3v6L5 18.5A1.6 1.6 0 0 0 6.4 21h11.2a1.6 1.6 0 0 0 1.4-2.5L13.5 9V3M8 15h8"
            }
        }
    }
}

/// A drawing beside words that already say it.
#[component]
pub(crate) fn Icon(drawing: Drawing) -> impl IntoView {
    let class = if drawing == Drawing::Onward { "icon onward" } else { "icon" };
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true">
            <path d=drawing.path()></path>
        </svg>
    }
}

/// A drawing that stands for `name`.
#[component]
pub(crate) fn NamedIcon(drawing: Drawing, name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" role="img" aria-label=name>
            <path d=drawing.path()></path>
        </svg>
    }
}
