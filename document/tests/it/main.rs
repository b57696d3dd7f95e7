//! Documents as others make them, as others check them, and as forgers change them.

mod openssl;
mod passport;
