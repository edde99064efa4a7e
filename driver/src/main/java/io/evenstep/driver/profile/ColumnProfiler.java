package io.evenstep.driver.profile;

import io.evenstep.driver.profile.ColumnProfile.Mark;
import io.evenstep.driver.profile.sniff.NumberTexts;
import io.evenstep.model.time.TimeFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Derives a column's profile from its sketch. */
final class ColumnProfiler {
  private static final Pattern ID_NAME =
      Pattern.compile(
          "(?i)(.*[ _.-])?(id|ids|uuid|guid|key|index|rowid|row_?number|_c0)|.*[a-z]I[dD]");
  private static final Set<String> LIKELY_CATEGORIES = Set.of("None", "-", "--", "---", ".", "nil");
  private static final double MOSTLY = 0.95;
  private static final int MOST_ODD = 20;
  private static final int MOST_TRUTHS = 4;
  private static final int ALWAYS_CATEGORIES = 12;
  private static final int MOST_CATEGORIES = 1_000;
  private static final int ROWS_A_CATEGORY = 5;
  private static final int WORDS_OF_TEXT = 4;
  private static final int WORDS_OF_NAMES = 3;
  private static final int LEAST_ROWS = 10;

  private final String name;
  private final ColumnSketch sketch;
  private final long rows;
  private final long said; // cells with a text that means a missing value
  private final List<String> absent = new ArrayList<>();

  private ColumnProfiler(String name, ColumnSketch sketch, long rows) {
    this.name = name;
    this.sketch = sketch;
    this.rows = rows;
    this.said = sum(sketch.missingTexts.byCount());
    sketch.missingTexts.byCount().forEach(entry -> absent.add(entry.getKey()));
  }

  static ColumnProfile of(String name, ColumnSketch sketch, long rows) {
    return new ColumnProfiler(name, sketch, rows).profile();
  }

  private static long sum(List<Map.Entry<String, Long>> counts) {
    return counts.stream().mapToLong(Map.Entry::getValue).sum();
  }

  private ColumnProfile profile() {
    Found found = found();
    List<Map.Entry<String, Long>> counts = new ArrayList<>(sketch.values.byCount());
    long missing = sketch.empty + said;
    long distinct = sketch.distinct.count();
    Optional<NumberTexts> written = found.isNumber() ? written() : Optional.empty();
    if (found.isNumber() && written.isEmpty() && sketch.texts + sketch.truthWords > 0) {
      sketch.odd.byCount().forEach(entry -> absent.add(entry.getKey()));
      counts.removeIf(entry -> absent.contains(entry.getKey()));
      missing += sum(sketch.odd.byCount());
      distinct -= sketch.odd.byCount().size();
    } else if (found == Found.CATEGORY || found == Found.TEXT) {
      List<Map.Entry<String, Long>> kept =
          sketch.missingTexts.byCount().stream()
              .filter(entry -> LIKELY_CATEGORIES.contains(entry.getKey()))
              .toList();
      kept.forEach(entry -> absent.remove(entry.getKey()));
      counts = merged(counts, kept);
      missing -= sum(kept);
      distinct += kept.size();
    }
    return new ColumnProfile(
        name,
        found,
        new ColumnProfile.Presence(rows, missing, List.copyOf(absent)),
        new ColumnProfile.Values(
            distinct, sketch.distinct.isExact(), counts, List.copyOf(sketch.examples)),
        range(found, written),
        written.isPresent() ? List.of(format(written.get())) : formats(found),
        marks(found, rows - missing, distinct));
  }

  private ColumnProfile.Range range(Found found, Optional<NumberTexts> written) {
    return found == Found.TIME
        ? new ColumnProfile.Range(sketch.times.least(), sketch.times.most())
        : written
            .map(way -> new ColumnProfile.Range(way.least(), way.most()))
            .orElse(new ColumnProfile.Range(sketch.least, sketch.most));
  }

  /**
   * The way in which all numbers are written, if it is not the plain one: with a decimal comma, or
   * with separated thousands, currencies or percent signs.
   */
  private Optional<NumberTexts> written() {
    long present = rows - sketch.empty - said;
    return sketch.numbers == present
        ? Optional.empty()
        : Stream.of(sketch.points, sketch.commas)
            .filter(way -> present > 0 && way.count() == present)
            .findFirst();
  }

  private String format(NumberTexts way) {
    return way == sketch.points ? "point" : "comma";
  }

  private List<Map.Entry<String, Long>> merged(
      List<Map.Entry<String, Long>> counts, List<Map.Entry<String, Long>> more) {
    return counts.isEmpty()
        ? counts
        : Stream.concat(counts.stream(), more.stream())
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .toList();
  }

  private Found found() {
    long present = rows - sketch.empty - said;
    if (sketch.others > 0) {
      return Found.NESTED;
    } else if (sketch.lists > 0) {
      return sketch.lists == present ? Found.NUMBERS : Found.NESTED;
    } else if (present == 0) {
      return Found.EMPTY;
    } else if (sketch.moments == present) {
      return Found.TIME;
    } else if (isTruth(present)) {
      return Found.TRUTH;
    } else if (isNumber(present)) {
      return sketch.whole == sketch.numbers ? Found.WHOLE : Found.NUMBER;
    }
    boolean times = sketch.numbers == 0 && !sketch.times.formats().isEmpty();
    if (written().isPresent() && !times) {
      return written().get().areWhole() ? Found.WHOLE : Found.NUMBER;
    }
    return ofTexts(present);
  }

  private boolean isTruth(long present) {
    return sketch.truthWords > 0
        && sketch.truths == present
        && sketch.distinct.count() <= MOST_TRUTHS;
  }

  /** A few texts among many numbers are errors, or mean a missing value. */
  private boolean isNumber(long present) {
    if (written().isPresent()) {
      return false; // see found()
    }
    boolean few = !sketch.odd.isFull() && sketch.odd.byCount().size() <= MOST_ODD;
    return sketch.numbers == present || (few && sketch.numbers >= MOSTLY * present);
  }

  private Found ofTexts(long present) {
    if (sketch.numbers == 0 && !sketch.times.formats().isEmpty()) {
      return Found.TIME;
    }
    long distinct = sketch.distinct.count();
    long most = Math.min(MOST_CATEGORIES, present / ROWS_A_CATEGORY);
    boolean wordy = sketch.words >= WORDS_OF_TEXT * present && distinct > ALWAYS_CATEGORIES;
    return distinct <= Math.max(ALWAYS_CATEGORIES, most) && !wordy ? Found.CATEGORY : Found.TEXT;
  }

  /** Whether its texts are more than names and codes. */
  private boolean isWordy(long present) {
    return sketch.words >= WORDS_OF_NAMES * present;
  }

  private List<String> formats(Found found) {
    if (found != Found.TIME) {
      return List.of();
    }
    return sketch.moments > 0 ? List.of(TimeFormat.ISO) : sketch.times.formats();
  }

  private List<Mark> marks(Found found, long present, long distinct) {
    List<Mark> marks = new ArrayList<>();
    boolean unique = sketch.distinct.isExact() && distinct == present && present >= LEAST_ROWS;
    boolean counter = sketch.isCounter() && (sketch.least == 0 || sketch.least == 1);
    boolean text = found == Found.TEXT || found == Found.CATEGORY;
    if (present > 0 && distinct == 1) {
      marks.add(Mark.CONSTANT);
    }
    if (unique && found == Found.WHOLE && counter) {
      marks.add(Mark.COUNTER);
    } else if (unique
        && !isWordy(present)
        && (text || (found == Found.WHOLE && ID_NAME.matcher(name).matches()))) {
      marks.add(Mark.ID);
    }
    if (found == Found.TEXT && isWordy(present)) {
      marks.add(Mark.WORDY);
    }
    if (sketch.link.tellsLabel()) {
      marks.add(Mark.TELLS_LABEL);
    }
    return marks;
  }
}
