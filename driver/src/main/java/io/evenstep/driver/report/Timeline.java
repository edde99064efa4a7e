package io.evenstep.driver.report;

import java.util.ArrayList;
import java.util.List;

/** Events of a run other than steps: attempts, lost workers, recoveries, checkpoints. Bounded. */
final class Timeline {
  /** Maximum number of entries of a kind. */
  static final int MOST_OF_A_KIND = 200;

  /** The kind of an entry. */
  enum Kind {
    ATTEMPT,
    RESUMED,
    CHOICE,
    LOST,
    TROUBLE,
    CHECKPOINT,
    SKIPPED,
    END
  }

  /**
   * An event.
   *
   * @param seconds since the start of the run in this process
   * @param step global steps done at that time, as far as known
   */
  record Entry(double seconds, long step, Kind kind, String text) {}

  private final List<Entry> entries = new ArrayList<>();
  private int leftOut;

  /** Adds an entry. If a kind has too many entries, removes the middle one. */
  void add(Entry entry) {
    List<Entry> same = entries.stream().filter(each -> each.kind == entry.kind).toList();
    if (same.size() >= MOST_OF_A_KIND) {
      entries.remove(same.get(MOST_OF_A_KIND / 2));
      leftOut++;
    }
    entries.add(entry);
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Number of removed entries. */
  int leftOut() {
    return leftOut;
  }
}
