//! What an island is given: named texts that travel as one list, for reading a list is the only
//! parser the WebAssembly then needs.

/// A struct of texts, written as a JSON array in the order of its fields. One that is longer or shorter
/// is refused: it comes from a server of another version.
macro_rules! props {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub(crate) struct $name {
            $($(#[$doc])* pub $field: String,)*
        }

        const _: () = {
            type List = [String; [$(stringify!($field)),*].len()];

            impl From<List> for $name {
                fn from([$($field),*]: List) -> Self {
                    Self { $($field),* }
                }
            }

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                    [$(&self.$field),*].serialize(to)
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    List::deserialize(from).map(Self::from)
                }
            }
        };
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
    fn texts_travel_in_order_and_only_as_many_as_there_are() {
        let two = Two { first: "a".to_owned(), second: "b".to_owned() };
        let sent = serde_json::to_string(&two).expect("serialises");
        assert_eq!(sent, r#"["a","b"]"#);
        assert_eq!(serde_json::from_str::<Two>(&sent).expect("is read"), two);
        for other in ["[]", r#"["a"]"#, r#"["a","b","c"]"#, r#"["a",1]"#] {
            assert!(serde_json::from_str::<Two>(other).is_err(), "{other}");
        }
    }
}
