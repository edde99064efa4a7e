package io.evenstep.driver.report;

import java.util.ArrayList;
import java.util.List;

/** What happened in a run besides steps: attempts, losses, recoveries, checkpoints. Bounded. */
final class Timeline {
  /** Most entries of a kind. */
  static final int MOST_OF_A_KIND = 200;

  /** What an entry is about. */
  enum Kind {
    ATTEMPT,
    RESUMED,
    LOST,
    TROUBLE,
    CHECKPOINT,
    SKIPPED,
    END
  }

  /**
   * Something that happened.
   *
   * @param seconds since the run began in this process
   * @param step global steps done then, as far as known
   */
  record Entry(double seconds, long step, Kind kind, String text) {}

  private final List<Entry> entries = new ArrayList<>();
  private int leftOut;

  /** Adds an entry; of too many of a kind the one in the middle goes. */
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

  /** How many entries had to go. */
  int leftOut() {
    return leftOut;
  }
}
