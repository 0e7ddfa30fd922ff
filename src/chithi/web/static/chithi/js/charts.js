/* Draws charts with ECharts from the JSON beside them. Canvas only, and words in the canvas too, so that nothing
   needs a style attribute. Colours come from the page's own variables and change with the theme. */
(function () {
  "use strict";
  if (!window.echarts) { return; }
  var drawn = [];

  function colours() {
    var style = window.getComputedStyle(document.documentElement);
    function of(name) { return style.getPropertyValue(name).trim(); }
    return {
      ink: of("--ink"), quiet: of("--ink-2"), faint: of("--ink-3"), line: of("--hairline"), bar: of("--bar"),
      short: of("--risk"), sheet: of("--sheet"), edge: of("--edge"), count: of("--count"), font: of("--figures")
    };
  }

  function bubble(c) {
    return {
      renderMode: "richText", backgroundColor: c.ink, borderWidth: 0, padding: [5, 10],
      textStyle: { color: c.sheet, fontFamily: c.font, fontSize: 13 }
    };
  }

  function target(data, c, axis) {
    if (data.target === null || data.target === undefined) { return undefined; }
    var at = {};
    at[axis] = data.target;
    return {
      silent: true, symbol: "none", animation: false, data: [at],
      lineStyle: { color: c.ink, width: 1.5, type: "solid" }, label: { show: false }
    };
  }

  function side(words, where, label, c) {       /* one word a bar, beside the drawing: nothing is written over it */
    var look = Object.assign({ fontFamily: c.font, fontSize: 12, interval: 0 }, label);
    return {
      type: "category", inverse: true, position: where, data: words,
      axisTick: { show: false }, axisLine: { show: false }, axisLabel: look
    };
  }

  function contributions(data, c, wide) {
    var all = data.items;
    var low = data.target;
    var tooltip = bubble(c);
    tooltip.formatter = function (one) { return all[one.dataIndex].name + ": " + all[one.dataIndex].text; };
    return {
      grid: { left: 0, right: 0, top: 4, bottom: 4, containLabel: true },
      tooltip: tooltip,
      xAxis: { type: "value", show: false, min: 0, max: data.unit === "%" ? 100 : undefined },
      yAxis: [
        side(all.map(function (one) { return one.name; }), "left", { color: c.quiet, width: wide ? 180 : 120, overflow: "truncate" }, c),
        side(all.map(function (one) { return one.text || "–"; }), "right", { color: c.ink }, c)
      ],
      series: [{
        type: "bar", barMaxWidth: 10, barMinWidth: 4, cursor: "pointer", markLine: target(data, c, "xAxis"),
        data: all.map(function (one) {
          var under = low !== null && low !== undefined && one.value !== null && one.value < low;
          return { value: one.value === null ? 0 : one.value, itemStyle: { color: under ? c.short : c.bar } };
        })
      }]
    };
  }

  function trend(data, c) {
    var tooltip = bubble(c);
    tooltip.trigger = "axis";
    tooltip.axisPointer = { lineStyle: { color: c.edge } };
    tooltip.formatter = function (many) {
      return [data.periods[many[0].dataIndex]].concat(many.map(function (one) {
        return data.series[one.seriesIndex].name + ": " + data.series[one.seriesIndex].texts[one.dataIndex];
      })).join("\n");
    };
    var dashes = ["solid", "dashed", "dotted"];
    return {
      grid: { left: 4, right: 24, top: data.series.length > 1 ? 32 : 16, bottom: 4, containLabel: true },
      tooltip: tooltip,
      legend: { show: data.series.length > 1, left: 0, top: 0, icon: "path://M0 4h20v2H0z", textStyle: { color: c.quiet, fontFamily: c.font } },
      xAxis: { type: "category", data: data.periods, axisTick: { show: false }, axisLine: { lineStyle: { color: c.edge } }, axisLabel: { color: c.quiet, fontFamily: c.font, fontSize: 12 } },
      yAxis: { type: "value", scale: true, splitNumber: 4, splitLine: { lineStyle: { color: c.line } }, axisLabel: { color: c.faint, fontFamily: c.font, fontSize: 12, formatter: function (value) { return value.toLocaleString(document.documentElement.lang || "vi") + (data.unit === "%" ? "%" : ""); } } },
      series: data.series.map(function (one, at) {
        return {
          type: "line", name: one.name, data: one.values, symbol: "circle", symbolSize: 7, connectNulls: false,
          lineStyle: { width: 2, type: dashes[at % 3], color: at ? c.count : c.ink },
          itemStyle: { color: at ? c.count : c.ink }, markLine: at ? undefined : target(data, c, "yAxis")
        };
      })
    };
  }

  function options(data, room) {
    var c = colours();
    var made = data.kind === "trend" ? trend(data, c) : contributions(data, c, room.clientWidth > 420);
    made.animation = false;
    made.aria = { enabled: false };
    return made;
  }

  function open(data, at) {
    var item = data.kind === "contributions" && data.items[at];
    if (!item || !item.href) { return; }
    var door = document.createElement("a");
    door.href = item.href;
    door.setAttribute("data-door", "");
    document.getElementById("main").append(door);
    door.click();
    door.remove();
  }

  function draw(room) {
    var source = document.getElementById(room.dataset.chart);
    var data = JSON.parse(source.textContent);
    if (data.kind === "contributions") { room.style.height = 16 + 24 * data.items.length + "px"; }
    var chart = window.echarts.init(room, null, { renderer: "canvas" });
    chart.setOption(options(data, room));
    chart.on("click", function (event) { if (event.componentType === "series") { open(data, event.dataIndex); } });
    drawn.push({ chart: chart, data: data, room: room });
    new ResizeObserver(function () { chart.resize(); }).observe(room);
  }

  function start() {
    document.querySelectorAll("[data-chart]").forEach(function (room) { room.classList.add("chart-on"); draw(room); });
  }

  document.addEventListener("chithi:theme", function () {
    drawn.forEach(function (one) { one.chart.setOption(options(one.data, one.room), true); });
  });
  window.addEventListener("beforeprint", function () { drawn.forEach(function (one) { one.chart.resize(); }); });
  document.fonts.load("12px 'Be Vietnam Pro'", "ăạ1").then(start, start);
})();
