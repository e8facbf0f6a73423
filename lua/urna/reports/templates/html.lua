return [==[
<!doctype html>
<html lang="{{ format.language }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ format.title() }}</title>
<style>
:root { color-scheme: light; --ink: #1a1a1a; --soft: #595959;
  --line: #d9d9d9; --paper: #fff; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 3rem 1.25rem 4rem; max-width: 46rem;
  color: var(--ink); background: var(--paper);
  font: 1.0625rem/1.55 Charter, "Bitstream Charter", "Source Serif 4",
    Georgia, "DejaVu Serif", serif; }
h1, h2 { line-height: 1.2; text-wrap: balance; }
h1 { margin: 0 0 1rem; font-size: 2rem; font-weight: 700; }
h2 { margin: 3rem 0 .75rem; padding-top: .75rem; font-size: 1.25rem;
  border-top: 1px solid var(--line); }
p { margin: .5rem 0; max-width: 40rem; }
.lead { font-size: 1.3125rem; line-height: 1.4; margin: 0 0 .75rem; }
.status { margin: 0; color: var(--soft); }
.table { overflow-x: auto; margin: 1rem 0; }
table { width: 100%; border-collapse: collapse;
  font: .9375rem/1.4 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
  font-variant-numeric: tabular-nums lining-nums; }
caption { padding: 0 0 .4rem; text-align: left; font-size: .8125rem;
  color: var(--soft); }
th, td { padding: .4rem .75rem .4rem 0; text-align: left;
  vertical-align: baseline; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-weight: 600; font-size: .8125rem; vertical-align: bottom; }
thead th, thead td { border-bottom: 2px solid var(--ink); }
.n + :not(.n) { padding-left: .75rem; }
tbody th { font-weight: 600; white-space: nowrap; }
tbody th.w { white-space: normal; }
tfoot th, tfoot td { font-weight: 400; color: var(--soft);
  border-bottom: 0; }
tfoot tr:first-child > * { border-top: 2px solid var(--ink); }
.n { text-align: right; white-space: nowrap; }
thead .n { white-space: normal; }
figure { margin: 1rem 0; }
figure svg { display: block; width: 100%; height: auto; }
.notes, .items { margin: .75rem 0; padding: 0; list-style: none;
  font-size: .9375rem; color: var(--soft); }
.notes li, .items li { margin: .25rem 0; padding-left: 1rem;
  text-indent: -1rem; overflow-wrap: anywhere; }
details { font-size: .9375rem; }
summary { cursor: pointer; color: var(--soft); }
a { color: inherit; text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, .table:focus-visible {
  outline: 3px solid #0b5394; outline-offset: 2px; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2 { margin-top: 1.5rem; break-after: avoid; }
  figure, tr { break-inside: avoid; }
  details { display: none; }
}
</style>
</head>
<body>
<main>
<header>
<h1>{{ format.title() }}</h1>
% for i, sentence in format.each(format.sentences("headline")) do
<p class="{{ i == 1 and "lead" or "status" }}">{{ sentence }}</p>
% end
</header>
% for _, section in format.each(format.sections()) do
<section aria-labelledby="{{ section.id }}">
<h2 id="{{ section.id }}">{{ section.title }}</h2>
% for _, sentence in format.each(section.say) do
<p>{{ sentence }}</p>
% end
% for _, name in format.each(section.tables) do
{{ format.table(name) }}
% end
% if section.chart then
<figure>
{{ charts[section.chart]() }}
<figcaption><details>
<summary>{{ words.figure_data }}: {{ section.title }}</summary>
{{ format.table(section.chart) }}
</details></figcaption>
</figure>
% end
% if #section.notes > 0 then
<ul class="notes">
%   for _, sentence in format.each(section.notes) do
<li>{{ sentence }}</li>
%   end
</ul>
% end
% if #section.items > 0 then
<ul class="items">
%   for _, item in format.each(section.items) do
<li>{{ format.link(item) }}</li>
%   end
</ul>
% end
</section>
% end
</main>
</body>
</html>
]==]
