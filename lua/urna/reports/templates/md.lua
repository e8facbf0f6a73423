return [==[
# {{ format.title() }}
% for i, sentence in format.each(format.sentences("headline")) do

%   if i == 1 then
**{{ sentence }}**
%   else
{{ sentence }}
%   end
% end
% for _, section in format.each(format.sections()) do

## {{ section.title }}
% for _, sentence in format.each(section.say) do

{{ sentence }}
% end
% for _, name in format.each(section.tables) do
%   if #section.tables > 1 then

### {{ format.caption(name) }}
%   end

{{ format.table(name) }}
% end
% if section.chart then

```text
{{ charts[section.chart]() }}
```
% end
% if #section.notes + #section.items > 0 then

% end
% for _, sentence in format.each(section.notes) do
- {{ sentence }}
% end
% for _, item in format.each(section.items) do
- {{ item }}
% end
% end
]==]
