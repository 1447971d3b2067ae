// Builds the page, top to bottom.

buildHead();
buildFinding();
buildLegend();
if (LANES.length > 0) buildTimeline();
else byId("timeline").replaceChildren(make("p", {}, "Nothing happened: there is no revision, request or step."));
buildTable();
buildPanel();
