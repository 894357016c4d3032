/* Draws every [data-chart] figure with ECharts in SVG, in the colours of the tokens. The option
   comes from the json_script beside it; the table below the figure holds the same numbers. */
(function () {
  "use strict";

  function token(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function axisLook() {
    return {
      axisLine: { lineStyle: { color: token("--line") } },
      axisLabel: { color: token("--ink-2"), fontSize: 13 },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: token("--line") } }
    };
  }

  function theme() {
    return {
      color: [token("--accent"), token("--next"), token("--accent-2"), token("--edge")],
      textStyle: { color: token("--ink"), fontFamily: getComputedStyle(document.body).fontFamily },
      legend: { textStyle: { color: token("--ink-2") } },
      categoryAxis: axisLook(),
      valueAxis: axisLook(),
      tooltip: { backgroundColor: token("--sheet"), borderColor: token("--line"), textStyle: { color: token("--ink") } }
    };
  }

  function draw(area) {
    var option = JSON.parse(document.getElementById(area.getAttribute("data-chart")).textContent);
    var chart = echarts.init(area, theme(), { renderer: "svg" });
    option.animation = false;
    option.aria = { enabled: false };
    chart.setOption(option);
    window.addEventListener("resize", function () { chart.resize(); });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-chart]").forEach(draw);
  });
})();
