addEventListener("pageshow",event=>{if(event.persisted)location.reload()});
const heading=document.querySelector(".notice,h1"),said=heading.textContent;
try{if(document.referrer.startsWith(location.origin+"/")&&sessionStorage.said!=said)heading.focus();sessionStorage.said=said}catch{}
const {js,wasm}=document.querySelector("script[data-wasm]").dataset;
(async()=>{const app=await import(js);await app.default({module_or_path:wasm});app.hydrate();for(const island of document.querySelectorAll("leptos-island"))await app[island.dataset.component](island);if(self.timer)clearTimeout(timer)})().catch(()=>{})
