//! Documents as others make them, as others check them, and as forgers change them.

mod conformity;
mod independent;
mod openssl;
mod passport;
mod rules;
mod tamper;
