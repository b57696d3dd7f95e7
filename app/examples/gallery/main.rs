//! Writes every state of the page into a folder, to be looked at: `gallery FOLDER [CSS]`.

mod one_page;
mod render;
mod states;

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "gallery".to_owned()));
    let css = arguments.next().unwrap_or_else(|| "kayle.css".to_owned());
    std::fs::create_dir_all(&folder)?;
    let mut index = vec!["<!doctype html><title>Gallery</title>".to_owned()];
    for (name, mut page) in states::all() {
        page.assets.css.clone_from(&css);
        std::fs::write(folder.join(format!("{name}.html")), render::render(page))?;
        index.push(format!("<p><a href=\"{name}.html\">{name}</a>"));
    }
    std::fs::write(folder.join("index.html"), index.concat())
}
