var timer;
function again(){clearTimeout(timer);timer=setTimeout(look,20e3)}
function look(){var page=location.pathname;if(!self.fetch)return location.replace(page);fetch(page).then(function(answer){answer.ok||answer.status==401||answer.status==404?location.replace(page):again()},again)}
if(document.currentScript.hasAttribute("data-awaited"))again()
