package io.evenstep.driver.data.text;

import com.univocity.parsers.csv.CsvParser;
import java.io.IOException;
import java.nio.charset.Charset;
import org.apache.hadoop.io.Text;
import org.jspecify.annotations.Nullable;

/** Records of one line each. Blank lines and comments are skipped. */
final class CsvLines implements CsvRecords {
  private final BoundedLines lines;
  private final CsvParser parser;
  private final String comment;
  private final Charset charset;
  private String text = "";

  CsvLines(BoundedLines lines, CsvFormat format, int columns) {
    this.lines = lines;
    this.parser = format.parser(columns);
    this.comment = format.comment();
    this.charset = format.charset();
  }

  /** Passes over lines, whatever is in them. */
  void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      var unused = lines.next();
    }
  }

  @Override
  public @Nullable String @Nullable [] next() throws IOException {
    for (Text line = lines.next(); line != null; line = lines.next()) {
      text = new String(line.getBytes(), 0, line.getLength(), charset);
      boolean passed = text.isBlank() || (!comment.isEmpty() && text.startsWith(comment));
      String[] fields = passed ? null : parser.parseLine(text);
      if (fields != null) {
        return fields;
      }
    }
    return null;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
