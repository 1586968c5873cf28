namespace Simulant.Reports;

/// <summary>
/// The report's one style sheet. Colours are Okabe and Ito's (distinct for colour-blind readers); no meaning rests on colour alone:
/// real is filled, synthetic a strong line, held-out dotted. It needs no character that HTML would escape.
/// </summary>
internal static class StyleSheet
{
    public const string Text = """

        :root { color-scheme: light dark;
          --page: #f5f6f8; --card: #ffffff; --text: #1b2330; --muted: #5a6575; --line: #dde1e7; --soft: #eef1f5;
          --syn: #0068a8; --syn-soft: #0068a866; --real: #b9c0ca; --real-strong: #5f6b7a; --hold: #b35900;
          --good: #0b6e46; --good-soft: #e3f3ec; --bad: #a8261c; --bad-soft: #fbe9e7;
          --warn: #8a4b00; --even: #4a5565; --even-soft: #eceff3;
          --h: 0, 84, 140; --plus: 0, 104, 168; --minus: 190, 85, 0; --dot: #ffffff; }
        @media (prefers-color-scheme: dark) { :root {
          --page: #10141a; --card: #171c24; --text: #e3e8ef; --muted: #9aa6b6; --line: #2a323e; --soft: #1e2530;
          --syn: #56b4e9; --syn-soft: #56b4e980; --real: #465161; --real-strong: #a9b4c3; --hold: #e69f00;
          --good: #5cc795; --good-soft: #14342a; --bad: #ff9c91; --bad-soft: #42201d;
          --warn: #f0b267; --even: #b4bfcd; --even-soft: #252d38;
          --h: 110, 185, 235; --plus: 86, 180, 233; --minus: 240, 150, 40; --dot: #10141a; } }
        * { box-sizing: border-box; }
        html { scroll-behavior: smooth; scroll-padding-top: 3.4rem; -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 "Segoe UI", Roboto,
          "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif; font-variant-numeric: tabular-nums;
          overflow-wrap: anywhere; }
        header, main, footer { max-width: 1160px; margin: 0 auto; padding: 0 20px; }
        header { padding-top: 32px; padding-bottom: 14px; }
        h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 6px; font-weight: 650; letter-spacing: -.01em; }
        h2 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 4px; font-weight: 640; }
        h3 { font-size: .95rem; line-height: 1.3; margin: 0 0 4px; font-weight: 620; }
        p { margin: 0 0 10px; }
        .kicker { margin: 0 0 2px; color: var(--muted); font-size: .85rem; letter-spacing: .04em; text-transform: uppercase; }
        .lead { color: var(--muted); max-width: 84ch; }
        pre.said { white-space: pre-wrap; max-width: 84ch; border-left: 3px solid var(--line); padding-left: 1em; }
        .note, .small, small { color: var(--muted); font-size: .85rem; }
        small { display: block; line-height: 1.35; }
        .muted { color: var(--muted); }
        .meta { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 8px; margin: 6px 0 0; padding: 0; font-size: .88rem; }
        .meta li { background: var(--soft); border: 1px solid var(--line); border-radius: 999px; padding: 1px 10px; }
        nav { position: sticky; top: 0; z-index: 2; background: var(--page); border-bottom: 1px solid var(--line); }
        nav ul { list-style: none; display: flex; gap: 2px 16px; overflow-x: auto; max-width: 1160px; margin: 0 auto; padding: 9px 20px;
          font-size: .9rem; white-space: nowrap; }
        a { color: var(--syn); text-underline-offset: 2px; }
        nav a { color: var(--text); text-decoration: none; }
        nav a:hover, nav a:focus { text-decoration: underline; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 20px 22px; margin: 18px 0; }
        section section { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: 18px 0 0; }
        .verdict { display: flex; gap: 14px; align-items: center; border-radius: 8px; padding: 12px 16px; }
        .verdict p { margin: 0; }
        .verdict strong { font-size: 1.15rem; }
        .verdict .mark { font-size: 1.5rem; line-height: 1; font-weight: 700; }
        .verdict.good { background: var(--good-soft); color: var(--good); }
        .verdict.bad { background: var(--bad-soft); color: var(--bad); }
        .verdict.neutral { background: var(--even-soft); color: var(--even); }
        .sheet img { max-width: 100%; height: auto; }
        .frames { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 12px; }
        .frame { margin: 0; }
        .frame .stack { position: relative; }
        .frame img { display: block; width: 100%; border-radius: 6px; }
        .frame svg { position: absolute; inset: 0; width: 100%; height: 100%; }
        .frame .box { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; }
        .frame .bone { stroke: #ffffff; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
        .frame figcaption { color: var(--muted); font-size: .85rem; }
        .k0 { stroke: #e69f00; background: #e69f00; } .k1 { stroke: #56b4e9; background: #56b4e9; }
        .k2 { stroke: #00b37d; background: #00b37d; } .k3 { stroke: #f0e442; background: #f0e442; }
        .k4 { stroke: #3a8ddd; background: #3a8ddd; } .k5 { stroke: #ff6a1f; background: #ff6a1f; }
        .k6 { stroke: #e08bbf; background: #e08bbf; } .k7 { stroke: #bdbdbd; background: #bdbdbd; }
        .parts svg { width: auto; height: 34px; } .parts .syn-fill { fill: var(--syn-soft); stroke: none; }
        .parts .expected { stroke: var(--hold); stroke-width: 1.5; }
        .pill { display: inline-block; border-radius: 999px; padding: 0 9px; font-weight: 600; font-size: .88rem; white-space: nowrap; }
        .pill.good { background: var(--good-soft); color: var(--good); }
        .pill.bad { background: var(--bad-soft); color: var(--bad); }
        .pill.neutral { background: var(--even-soft); color: var(--even); }
        .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 12px; margin-top: 16px; }
        .tile { border: 1px solid var(--line); border-radius: 8px; padding: 11px 14px; background: var(--card); }
        .tile .label { font-size: .88rem; color: var(--muted); }
        .tile .value { font-size: 1.6rem; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; }
        .tile .value.muted { font-size: 1.05rem; font-weight: 500; }
        .standing { font-size: .88rem; }
        .same .standing, .better .standing, .stand.same, .stand.better { color: var(--good); }
        .worse .standing, .stand.worse { color: var(--warn); }
        .none .standing { color: var(--muted); }
        .warning { margin-top: 16px; border-left: 4px solid var(--warn);
          background: var(--soft); border-radius: 4px; padding: 10px 16px; }
        .warning p, .warning ul { margin: 2px 0; font-size: .92rem; }
        .warning ul { padding-left: 20px; }
        .scroll { overflow-x: auto; margin: 12px 0; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        .compact table { width: auto; }
        .compact th, .compact td { padding-right: 28px; }
        #figures caption, [id$="-figures"] caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        caption { text-align: left; font-weight: 620; padding: 2px 0 6px; }
        th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); font-weight: 400; }
        thead th { color: var(--muted); font-size: .82rem; vertical-align: bottom; border-bottom-color: var(--muted); white-space: nowrap; }
        tbody tr:last-child th, tbody tr:last-child td { border-bottom: 0; }
        tbody th.group { color: var(--text); font-weight: 620; padding-top: 16px; }
        .num { text-align: right; white-space: nowrap; }
        th:last-child, td:last-child { padding-right: 0; }
        tbody th { min-width: 8rem; max-width: 24rem; }
        td { overflow-wrap: break-word; }
        code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; }
        .name { display: block; color: var(--muted); font-size: .78rem; }
        .name code { font-size: 1em; }
        pre { background: var(--soft); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; margin: 0 0 14px;
          white-space: pre-wrap; }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(310px, 1fr)); gap: 14px; margin: 12px 0; }
        .card { border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; min-width: 0; }
        .card:target { border-color: var(--syn); box-shadow: 0 0 0 2px var(--syn-soft); }
        .card p { margin: 0 0 6px; }
        .maps { display: grid; grid-template-columns: repeat(auto-fit, minmax(290px, 1fr)); gap: 18px 26px; margin: 14px 0; }
        .map { min-width: 0; max-width: 380px; }
        .map.wide { max-width: none; }
        .map.curve { max-width: 620px; }
        details { margin-top: 6px; }
        summary { cursor: pointer; color: var(--muted); font-size: .85rem; }
        .facts { margin: 0; font-size: .9rem; }
        .facts div { display: grid; grid-template-columns: minmax(9rem, 1fr) 3fr; gap: 12px; padding: 4px 0;
          border-bottom: 1px solid var(--line); }
        .facts dt { color: var(--muted); }
        .facts dd { margin: 0; }
        .key { display: flex; flex-wrap: wrap; gap: 4px 18px; align-items: center; font-size: .86rem; color: var(--muted); margin: 8px 0; }
        .key span { white-space: nowrap; }
        .swatch { display: inline-block; vertical-align: middle; width: 22px; height: 12px; margin-right: 7px; }
        .swatch.real { background: var(--real); }
        .swatch.syn { height: 0; border-top: 3px solid var(--syn); }
        .swatch.hold { height: 0; border-top: 3px dotted var(--hold); }
        .swatch.dash { height: 0; border-top: 2px dashed var(--real-strong); }
        .swatch.fourth { height: 0; border-top: 3px double var(--good); }
        .swatch.ideal { height: 0; border-top: 1px solid var(--muted); }
        footer { color: var(--muted); font-size: .85rem; padding-top: 4px; padding-bottom: 36px; }
        .chart { display: block; width: 100%; height: auto; }
        .chart.inline { width: 150px; height: 18px; min-width: 110px; }
        .chart.legend { width: auto; max-width: 100%; height: 17px; margin-top: 6px; }
        .tick, .axis-title { font-size: 10px; fill: var(--muted); }
        .axis-title { font-size: 11px; fill: var(--text); }
        .faint { opacity: .8; font-size: 9px; }
        .end { text-anchor: end; }
        .mid { text-anchor: middle; }
        .axis { stroke: var(--muted); stroke-width: 1; }
        .grid { stroke: var(--line); stroke-width: 1; }
        .ideal { stroke: var(--muted); stroke-width: 1; }
        .real-fill { fill: var(--real); }
        .syn-fill { fill: var(--syn); }
        .syn-line { fill: none; stroke: var(--syn); stroke-width: 1.8; stroke-linejoin: round; }
        .holdout-line { fill: none; stroke: var(--hold); stroke-width: 1.6; stroke-dasharray: 1.5 2.5; }
        .holdout-tick { stroke: var(--hold); stroke-width: 2; }
        .real-curve { fill: none; stroke: var(--real-strong); stroke-width: 1.8; stroke-dasharray: 5 4; }
        .fourth-line { fill: none; stroke: var(--good); stroke-width: 1.8; stroke-dasharray: 9 3 2 3; }
        .warn-line { stroke: var(--warn); stroke-width: 1; stroke-dasharray: 2 2; }
        .span { stroke: var(--syn); stroke-width: 3; opacity: .55; }
        .reference { stroke: var(--text); stroke-width: 2; }
        .syn-dot { stroke: var(--syn); stroke-width: 8; stroke-linecap: round; fill: none; }
        .holdout-dot { stroke: var(--hold); stroke-width: 6; stroke-linecap: round; fill: none; }
        .syn-dots, .real-dots, .holdout-dots { stroke-width: 3.2; stroke-linecap: round; fill: none; opacity: .5; }
        .syn-dots { stroke: var(--syn); }
        .real-dots { stroke: var(--real-strong); }
        .holdout-dots { stroke: var(--hold); }
        .dot { stroke: var(--dot); stroke-width: 3; stroke-linecap: round; fill: none; }
        .h0 { fill: rgba(var(--h), .05); } .h1 { fill: rgba(var(--h), .15); } .h2 { fill: rgba(var(--h), .26); }
        .h3 { fill: rgba(var(--h), .37); } .h4 { fill: rgba(var(--h), .48); } .h5 { fill: rgba(var(--h), .6); }
        .h6 { fill: rgba(var(--h), .73); } .h7 { fill: rgba(var(--h), .86); } .h8 { fill: rgb(var(--h)); }
        .p0 { fill: rgba(var(--plus), .04); } .p1 { fill: rgba(var(--plus), .14); } .p2 { fill: rgba(var(--plus), .25); }
        .p3 { fill: rgba(var(--plus), .36); } .p4 { fill: rgba(var(--plus), .48); } .p5 { fill: rgba(var(--plus), .6); }
        .p6 { fill: rgba(var(--plus), .73); } .p7 { fill: rgba(var(--plus), .86); } .p8 { fill: rgb(var(--plus)); }
        .m0 { fill: rgba(var(--minus), .04); } .m1 { fill: rgba(var(--minus), .14); } .m2 { fill: rgba(var(--minus), .25); }
        .m3 { fill: rgba(var(--minus), .36); } .m4 { fill: rgba(var(--minus), .48); } .m5 { fill: rgba(var(--minus), .6); }
        .m6 { fill: rgba(var(--minus), .73); } .m7 { fill: rgba(var(--minus), .86); } .m8 { fill: rgb(var(--minus)); }
        @media (max-width: 640px) {
          header, main, footer { padding-left: 12px; padding-right: 12px; }
          section { padding: 16px 14px; margin: 12px 0; }
          h1 { font-size: 1.6rem; }
          .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px; }
          .tile { padding: 9px 10px; }
          .tile .value { font-size: 1.3rem; }
          .cards { grid-template-columns: minmax(0, 1fr); }
          .facts div { grid-template-columns: 1fr; gap: 0; }
          .scroll table { min-width: 520px; }
          .broad table { min-width: 880px; }
          .scroll.compact table, .card table { min-width: 0; }
          .compact th, .compact td { padding-right: 14px; }
        }
        @media print {
          :root { --page: #fff; }
          nav, summary { display: none; }
          body { font-size: 11px; }
          section { break-inside: auto; border: 0; padding: 8px 0; }
          .card, .map, tr, .tile { break-inside: avoid; }
          .warning { margin-top: 16px; border-left: 4px solid var(--warn);
          background: var(--soft); border-radius: 4px; padding: 10px 16px; }
        .warning p, .warning ul { margin: 2px 0; font-size: .92rem; }
        .warning ul { padding-left: 20px; }
        .scroll { overflow: visible; }
        }

        """;
}
