//! Picks the plural form of a message, on the server and in the browser alike.

/// The form for a CLDR plural category, else the last one, with the count filled in. A form is a line:
/// its category, a space, its text.
pub(crate) fn choose(forms: &str, category: &str, count: &str) -> String {
    let mut text = "";
    for line in forms.split('\n') {
        let (name, form) = line.split_once(' ').unwrap_or_default();
        text = form;
        if name == category {
            break;
        }
    }
    text.replace("{n}", count)
}

#[cfg(test)]
mod tests {
    use super::choose;

    #[test]
    fn the_category_picks_the_form_and_the_last_one_serves_the_rest() {
        let forms = "one {n} day\nother {n} days";
        assert_eq!(choose(forms, "one", "1"), "1 day");
        assert_eq!(choose(forms, "few", "3"), "3 days");
        assert_eq!(choose("", "one", "1"), "");
    }
}
