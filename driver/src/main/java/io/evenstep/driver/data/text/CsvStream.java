package io.evenstep.driver.data.text;

import com.univocity.parsers.csv.CsvParser;
import io.evenstep.driver.data.file.LineTooLongException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Records of a whole file. A record may span several lines. */
final class CsvStream implements CsvRecords {
  private final Budget bytes;
  private final CsvParser parser;

  CsvStream(InputStream in, CsvFormat format, int columns) {
    this.bytes = new Budget(in);
    this.parser = format.streamParser(columns);
    parser.beginParsing(bytes, format.charset());
  }

  @Override
  public @Nullable String @Nullable [] next() {
    bytes.left = BoundedLines.MOST_BYTES;
    return parser.parseNext();
  }

  @Override
  public String text() {
    String content = parser.getContext().currentParsedContent();
    return content == null ? "" : content.stripTrailing();
  }

  @Override
  public void close() throws IOException {
    parser.stopParsing();
    bytes.close();
  }

  /** An unclosed quote would turn the whole file into one record. */
  private static final class Budget extends FilterInputStream {
    private int left = BoundedLines.MOST_BYTES;

    Budget(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return taken(super.read(), 1);
    }

    @Override
    public int read(byte[] into, int at, int most) throws IOException {
      int read = super.read(into, at, most);
      return taken(read, read);
    }

    private int taken(int result, int bytes) throws IOException {
      left -= bytes;
      if (left < 0) {
        throw new LineTooLongException(BoundedLines.MOST_BYTES);
      }
      return result;
    }
  }
}
