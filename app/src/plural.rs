//! Picks the plural form of a message, on the server and in the browser alike.

/// The form for a CLDR plural category, else the last one, with the count filled in.
pub(crate) fn choose<S: AsRef<str>>(forms: &[(S, S)], category: &str, count: u64) -> String {
    let form = forms.iter().find(|(name, _)| name.as_ref() == category).or(forms.last());
    form.map_or_else(String::new, |(_, text)| text.as_ref().replace("{n}", &count.to_string()))
}

#[cfg(test)]
mod tests {
    use super::choose;

    #[test]
    fn the_category_picks_the_form_and_the_last_one_serves_the_rest() {
        let forms = [("one", "{n} day"), ("other", "{n} days")];
        assert_eq!(choose(&forms, "one", 1), "1 day");
        assert_eq!(choose(&forms, "few", 3), "3 days");
    }
}
