package io.evenstep.driver.profile.sniff;

import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.driver.data.spec.CsvSpec;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.profile.sniff.FoundSource.Fact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Compares the headers of several CSV files. */
final class CsvHeaders {
  /** Number of files whose headers are compared. */
  private static final int MOST_FILES = 100;

  private static final int HEAD_BYTES = 1 << 16;

  private CsvHeaders() {}

  /**
   * The source with its files joined by the names of their columns, if their headers differ.
   *
   * @param found how the first file is written
   * @param files all files
   */
  static FoundSource joined(Configuration conf, FoundSource found, List<Path> files)
      throws IOException {
    SourceSpec spec = found.spec();
    if (!spec.header()) {
      return found;
    }
    List<String> first = header(conf, files.get(0), spec);
    for (Path file : files.subList(1, Math.min(files.size(), MOST_FILES))) {
      if (!header(conf, file, spec).equals(first)) {
        return joined(found, SourceFiles.name(file));
      }
    }
    return found;
  }

  private static FoundSource joined(FoundSource found, String file) {
    List<Fact> facts = new ArrayList<>(found.facts());
    facts.add(new Fact("files", "joined by name", "the header of " + file + " is another"));
    SourceSpec spec = found.spec();
    CsvSpec csv = new CsvSpec(spec.header(), spec.delimiter(), spec.csv().skip(), true);
    return new FoundSource(
        new SourceSpec(
            spec.format(),
            spec.paths(),
            spec.labelPaths(),
            csv,
            spec.reader(),
            spec.query(),
            spec.settings()),
        facts);
  }

  private static List<String> header(Configuration conf, Path file, SourceSpec spec)
      throws IOException {
    FileHead head = FileHead.read(conf, file, HEAD_BYTES);
    String quote = spec.options().getOrDefault("quote", "\"");
    char mark = quote.isEmpty() ? CsvText.NO_QUOTE : quote.charAt(0);
    List<List<String>> records =
        CsvText.cut(head.text(), spec.delimiter().charAt(0), mark, head.whole()).records();
    return records.isEmpty() ? List.of() : records.get(0);
  }
}
