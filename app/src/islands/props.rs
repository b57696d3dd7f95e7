//! What an island is given: named texts that travel as one list, for reading a list is the only
//! parser the WebAssembly then needs.

/// A struct of texts, written as a JSON array in the order of its fields.
macro_rules! props {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(from = "Vec<String>", into = "Vec<String>")]
        pub(crate) struct $name {
            $($(#[$doc])* pub $field: String,)*
        }

        impl From<Vec<String>> for $name {
            fn from(list: Vec<String>) -> Self {
                let mut list = list.into_iter();
                let mut next = || list.next().unwrap_or_default();
                Self { $($field: next(),)* }
            }
        }

        impl From<$name> for Vec<String> {
            fn from(words: $name) -> Self {
                vec![$(words.$field,)*]
            }
        }
    };
}
pub(crate) use props;

#[cfg(test)]
mod tests {
    props! {
        /// Two texts.
        Two {
            /// The first.
            first,
            /// The second.
            second,
        }
    }

    #[test]
    fn texts_travel_in_order_and_a_missing_one_is_empty() {
        let two = Two { first: "a".to_owned(), second: "b".to_owned() };
        let sent = serde_json::to_string(&two).expect("serialises");
        assert_eq!(sent, r#"["a","b"]"#);
        assert_eq!(serde_json::from_str::<Two>(&sent).expect("is read"), two);
        let short: Two = serde_json::from_str(r#"["a"]"#).expect("is read");
        assert_eq!(short, Two { first: "a".to_owned(), second: String::new() });
    }
}
