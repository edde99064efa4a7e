package io.evenstep.driver.profile.sniff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The first records of a text, parsed by RFC 4180 with any separator and quote. */
final class CsvText {
  /** Means no quote character. */
  static final char NO_QUOTE = '\0';

  private static final int MOST_RECORDS = 1_000;

  private final String text;
  private final char separator;
  private final char quote;
  private final List<List<String>> records = new ArrayList<>();
  private List<String> fields = new ArrayList<>();
  private final StringBuilder field = new StringBuilder();
  private boolean quoted;
  private boolean endsLines; // a quoted value has a line end
  private boolean closed = true; // no quote is open at the end

  private CsvText(String text, char separator, char quote) {
    this.text = text;
    this.separator = separator;
    this.quote = quote;
  }

  /**
   * Parses a text.
   *
   * @param whole whether the text is complete; otherwise its last record is ignored
   */
  static CsvText cut(String text, char separator, char quote, boolean whole) {
    CsvText cut = new CsvText(text, separator, quote);
    cut.run(whole);
    return cut;
  }

  private void run(boolean whole) {
    int at = 0;
    while (at < text.length() && records.size() < MOST_RECORDS) {
      char c = text.charAt(at);
      at = quoted ? inQuotes(c, at) : plain(c, at);
    }
    closed = !quoted;
    if (whole && records.size() < MOST_RECORDS && (field.length() > 0 || !fields.isEmpty())) {
      endRecord();
    }
  }

  private int inQuotes(char c, int at) {
    if (c == quote && at + 1 < text.length() && text.charAt(at + 1) == quote) {
      field.append(quote);
      return at + 2;
    } else if (c == quote) {
      quoted = false;
    } else {
      endsLines |= c == '\n';
      field.append(c);
    }
    return at + 1;
  }

  private int plain(char c, int at) {
    if (c == quote && quote != NO_QUOTE && field.toString().isBlank()) {
      field.setLength(0);
      quoted = true;
    } else if (c == separator) {
      endField();
    } else if (c == '\n' || c == '\r') {
      endRecord();
    } else {
      field.append(c);
    }
    return at + 1;
  }

  private void endField() {
    fields.add(field.toString().strip());
    field.setLength(0);
  }

  private void endRecord() {
    endField();
    boolean blank = fields.size() == 1 && fields.get(0).isEmpty();
    if (!blank) {
      records.add(fields);
    }
    fields = new ArrayList<>();
  }

  List<List<String>> records() {
    return records;
  }

  /** Whether a quoted value has a line end. */
  boolean endsLines() {
    return endsLines;
  }

  /** Whether every quote is closed. */
  boolean isClosed() {
    return closed;
  }

  /** The most frequent number of fields. */
  int usualFields() {
    return (int)
        records.stream()
            .mapToLong(List::size)
            .boxed()
            .max(Comparator.comparingLong(this::recordsOf).thenComparingLong(n -> n))
            .orElse(0L)
            .longValue();
  }

  private long recordsOf(long size) {
    return records.stream().filter(record -> record.size() == size).count();
  }

  /** The share of records with {@link #usualFields}. */
  double evenness() {
    return records.isEmpty() ? 0 : (double) recordsOf(usualFields()) / records.size();
  }
}
