package io.evenstep.driver.profile;

import java.util.List;
import java.util.Map;

/**
 * The profile of one column.
 *
 * @param name of the column
 * @param found type of its cells
 * @param rows of the table
 * @param missing cells without a value, including texts such as NA
 * @param absent texts that mean a missing value, most frequent first
 * @param distinct number of distinct values
 * @param exact whether {@code distinct} was counted, not estimated
 * @param least minimum of numbers; of times, in seconds since 1970
 * @param most maximum of numbers; of times, in seconds since 1970
 * @param counts values with their counts, most frequent first; empty if there are too many
 * @param examples some values
 * @param formats formats of times, most likely first
 * @param marks other notable properties
 */
record ColumnProfile(
    String name,
    Found found,
    long rows,
    long missing,
    List<String> absent,
    long distinct,
    boolean exact,
    double least,
    double most,
    List<Map.Entry<String, Long>> counts,
    List<String> examples,
    List<String> formats,
    List<Mark> marks) {

  ColumnProfile {
    absent = List.copyOf(absent);
    counts = List.copyOf(counts);
    examples = List.copyOf(examples);
    formats = List.copyOf(formats);
    marks = List.copyOf(marks);
  }

  /** A property that decides whether a column is useful. */
  enum Mark {
    CONSTANT("is constant"),
    ID("is different in every row, like an id"),
    COUNTER("numbers the rows"),
    TELLS_LABEL("reveals the label: each of its values occurs with only one label");

    private final String words;

    Mark(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  boolean is(Mark mark) {
    return marks.contains(mark);
  }

  long present() {
    return rows - missing;
  }
}
