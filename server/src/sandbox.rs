//! The sandbox: its authority and passports, its simulated phone, its reference verifier of faces.

pub mod panel;
pub mod passport;
pub mod phone;
pub mod secret;
pub mod verifier;
