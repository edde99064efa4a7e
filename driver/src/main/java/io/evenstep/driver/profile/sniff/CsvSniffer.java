package io.evenstep.driver.profile.sniff;

import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.driver.profile.sniff.FoundSource.Fact;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Detects the format of a CSV file from its beginning. */
public final class CsvSniffer {
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
  private static final List<Character> QUOTES = List.of('"', CsvText.NO_QUOTE, '\'');
  private static final double EVEN_ENOUGH = 0.9;

  private final FileHead head;
  private final Map<String, String> options = new TreeMap<>();
  private final List<Fact> facts = new ArrayList<>();

  private CsvSniffer(FileHead head) {
    this.head = head;
  }

  /**
   * The format of the files.
   *
   * @param paths of all files
   * @param head the beginning of the first
   * @param label a column that must exist
   */
  public static FoundSource sniff(List<String> paths, FileHead head, Optional<String> label) {
    return new CsvSniffer(head).sniff(paths, label);
  }

  /** One possible format of the text. */
  private record Way(char separator, char quote, CsvText cut) {
    /** Higher is better: first by how many records agree, then by the number of fields. */
    double score() {
      boolean even = cut.evenness() >= EVEN_ENOUGH && cut.isClosed();
      return cut.usualFields() < 2 ? 0 : (even ? 1_000 : 0) + cut.evenness() * 100;
    }
  }

  private FoundSource sniff(List<String> paths, Optional<String> label) {
    Way way = best();
    facts.add(new Fact("format", "csv", "the file is text"));
    encoding();
    separator(way);
    quoting(way);
    CsvHeader.Verdict header =
        way.cut().records().isEmpty()
            ? new CsvHeader.Verdict(true, "")
            : CsvHeader.of(way.cut().records(), label);
    facts.add(new Fact("header", header.names() ? "the first line" : "none", header.why()));
    return new FoundSource(
        new SourceSpec(
            Format.CSV,
            paths,
            List.of(),
            header.names(),
            String.valueOf(way.separator()),
            Optional.empty(),
            Optional.empty(),
            options),
        facts);
  }

  /** The best format; in a tie the first, so comma and double quotes are the default. */
  private Way best() {
    List<Way> ways = new ArrayList<>();
    for (char quote : QUOTES) {
      for (char separator : SEPARATORS) {
        ways.add(
            new Way(separator, quote, CsvText.cut(head.text(), separator, quote, head.whole())));
      }
    }
    Way best = ways.get(0);
    for (Way way : ways) {
      best = way.score() > best.score() ? way : best;
    }
    return best;
  }

  private void encoding() {
    String name = head.charset().name();
    if (!head.charset().equals(StandardCharsets.UTF_8)) {
      options.put("encoding", name);
    }
    facts.add(new Fact("encoding", name, head.why()));
  }

  private void separator(Way way) {
    int fields = way.cut().usualFields();
    String why =
        fields < 2
            ? "no separator was found, so there is one column"
            : String.format(
                Locale.ROOT,
                "it splits %.0f %% of the first lines into %d values",
                100 * way.cut().evenness(),
                fields);
    facts.add(
        new Fact(
            "separator", way.separator() == '\t' ? "tab" : String.valueOf(way.separator()), why));
  }

  private void quoting(Way way) {
    if (way.quote() == CsvText.NO_QUOTE) {
      options.put("quote", "");
      facts.add(new Fact("quoting", "none", "double quotes are not balanced"));
    } else if (way.quote() == '\'') {
      options.put("quote", "'");
      facts.add(new Fact("quoting", "'", "values are in single quotes"));
    } else if (way.cut().endsLines()) {
      options.put("multiLine", "true");
      facts.add(new Fact("quoting", "\"", "some quoted values span several lines"));
    } else {
      facts.add(new Fact("quoting", "\"", ""));
    }
  }
}
