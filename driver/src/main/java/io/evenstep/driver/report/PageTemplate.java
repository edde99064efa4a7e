package io.evenstep.driver.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Builds self-contained HTML files: from data and the scripts that draw them, or from parts. */
public final class PageTemplate {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)\\}\\}");
  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  /** The scripts of a run's page, in order. */
  private static final List<String> RUN =
      List.of("page.js", "charts.js", "training.js", "results.js", "network.js", "run.js");

  private PageTemplate() {}

  /**
   * A complete page.
   *
   * @param title plain text
   * @param json data for the page's scripts
   */
  static String page(String title, String json) {
    return page(title, json, RUN);
  }

  /** A complete page that fetches the progress of the run from its server. */
  static String livePage(String title, String json) {
    List<String> files = new ArrayList<>(RUN);
    files.add("live.js");
    return page(title, json, files)
        .replaceFirst("default-src 'none';", "default-src 'none'; connect-src 'self';");
  }

  /**
   * A complete page with other scripts.
   *
   * @param files the scripts, in order
   */
  static String page(String title, String json, List<String> files) {
    String scripts = files.stream().map(PageTemplate::resource).collect(Collectors.joining("\n"));
    Map<String, String> parts =
        Map.of(
            "title", text(title),
            "chart-style", resource(CHARTS + "uPlot.min.css"),
            "style", resource("report.css"),
            "data", script(json),
            "chart-script", resource(CHARTS + "uPlot.iife.min.js"),
            "script", scripts);
    return filled("report.html", parts);
  }

  /**
   * A file of the class path with its places filled.
   *
   * @param parts HTML of each place, by name
   */
  public static String filled(String name, Map<String, String> parts) {
    Matcher places = PLACE.matcher(resource(name));
    return places.replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
  }

  /** Plain text as HTML, also for attributes in double quotes. */
  public static String text(String plain) {
    return plain
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** JSON without characters that could start or end an HTML element. */
  private static String script(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  private static String resource(String name) {
    try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("Missing " + name + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + " from the class path", e);
    }
  }
}
