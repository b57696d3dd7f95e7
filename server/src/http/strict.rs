//! Reading a JSON object without surprises: no duplicate keys, nothing after it.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::error::{Code, Error};

/// A JSON value in which no object names a key twice.
struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Strict)? {
            items.push(item);
        }
        Ok(items.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(Strict)?;
            if object.contains_key(&key) {
                let shown: String = key.chars().filter(|c| !c.is_control()).take(64).collect();
                return Err(A::Error::custom(format!("key \"{shown}\" is there twice")));
            }
            object.insert(key, value);
        }
        Ok(object.into())
    }
}

/// The object `bytes` hold, as `T`; nothing at all is the empty object. Where `T` has an optional
/// field, `null` stands for an absent key.
pub fn object<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let object = if bytes.is_empty() { Map::new() } else { parse(bytes)? };
    serde_path_to_error::deserialize(Value::Object(object)).map_err(|error| {
        let (path, problem) = (error.path().to_string(), error.into_inner());
        Error::invalid(match path.as_str() {
            // What is missing or unknown names itself.
            "." => problem.to_string(),
            path => format!("{path}: {problem}"),
        })
    })
}

fn parse(bytes: &[u8]) -> Result<Map<String, Value>, Error> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Strict.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    match value {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Error::new(Code::InvalidJson, "the body must be a JSON object")),
        Err(error) => Err(Error::new(Code::InvalidJson, format!("the body is not valid: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Known {
        list: Vec<String>,
        optional: Option<Value>,
    }

    #[test]
    fn null_is_absent_for_a_known_key_and_an_unknown_one_is_named() {
        let read = |text: &str| object::<Known>(text.as_bytes()).map_err(|error| error.message);
        let known = Known { list: vec!["a".into()], optional: None };
        assert_eq!(read("{\"list\":[\"a\"],\"optional\":null}"), Ok(known));
        for (text, named) in [
            ("{\"list\":[\"a\",1]}", "list[1]: invalid type"),
            ("{\"list\":null}", "list: invalid type"),
            ("{}", "missing field `list`"),
            ("{\"list\":[],\"\":null}", "unknown field ``"),
            ("{\"list\":[],\"other\":null}", "unknown field `other`"),
        ] {
            let message = read(text).expect_err(text);
            assert!(message.contains(named), "{text}: {message}");
        }
    }

    #[test]
    fn only_one_whole_object_is_read() {
        let read = |text: &str| object::<Value>(text.as_bytes()).map_err(|error| error.code);
        assert_eq!(read(""), Ok(Value::Object(Map::new())));
        assert_eq!(read("{\"a\":1}"), Ok(serde_json::json!({ "a": 1 })));
        for bad in
            ["[]", "1", "null", "{", "{} {}", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"b\":1}}"]
        {
            assert_eq!(read(bad), Err(Code::InvalidJson), "{bad}");
        }
        assert_eq!(read(&"[".repeat(5000)), Err(Code::InvalidJson));
    }
}
