return [==[
{{ format.wrap(format.title()) }}
{{ format.underline(format.title(), "═") }}
% for _, sentence in format.each(format.sentences("headline")) do
{{ format.wrap(sentence) }}
% end
% for _, section in format.each(format.sections()) do

{{ section.title }}
{{ format.underline(section.title, "─") }}
% for _, sentence in format.each(section.say) do
{{ format.wrap(sentence) }}
% end
% for i, name in format.each(section.tables) do
%   if i > 1 or #section.say > 0 then

%   end
%   if #section.tables > 1 then
{{ format.wrap(format.caption(name)) }}

%   end
{{ format.table(name) }}
% end
% if section.chart then
%   if #section.say + #section.tables > 0 then

%   end
{{ charts[section.chart]() }}
% end
% if #section.notes > 0 then

% end
% for _, sentence in format.each(section.notes) do
{{ format.wrap(sentence, "", "  ") }}
% end
% for _, item in format.each(section.items) do
{{ format.wrap(item, "• ", "  ") }}
% end
% end
]==]
