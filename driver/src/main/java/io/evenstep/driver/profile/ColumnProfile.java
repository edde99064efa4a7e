package io.evenstep.driver.profile;

import java.util.List;
import java.util.Map;

/**
 * The profile of one column.
 *
 * @param name of the column
 * @param found what its cells are
 * @param presence how many cells have a value
 * @param values which values there are
 * @param range of numbers; of times, seconds since 1970
 * @param formats how times are written, the likelier first; how numbers are written if not plain
 * @param marks what else is remarkable
 */
record ColumnProfile(
    String name,
    Found found,
    Presence presence,
    Values values,
    Range range,
    List<String> formats,
    List<Mark> marks) {

  ColumnProfile {
    formats = List.copyOf(formats);
    marks = List.copyOf(marks);
  }

  /**
   * How many cells have a value.
   *
   * @param rows of the table
   * @param missing cells without a value, those that say so by a text such as NA among them
   * @param absent texts that stand for no value, the most frequent first
   */
  record Presence(long rows, long missing, List<String> absent) {
    Presence {
      absent = List.copyOf(absent);
    }

    long present() {
      return rows - missing;
    }
  }

  /**
   * Which values there are.
   *
   * @param distinct different values
   * @param exact whether {@code distinct} was counted, not estimated
   * @param counts values with how often each occurs, the most frequent first; empty for too many
   * @param examples some values
   */
  record Values(
      long distinct, boolean exact, List<Map.Entry<String, Long>> counts, List<String> examples) {
    Values {
      counts = List.copyOf(counts);
      examples = List.copyOf(examples);
    }
  }

  /** The least value and the most. */
  record Range(double least, double most) {}

  /** Something that decides whether a column is any use. */
  enum Mark {
    CONSTANT("is constant"),
    ID("is different in every row, like an id"),
    COUNTER("numbers the rows"),
    WORDY("has several words in each value"),
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
}
