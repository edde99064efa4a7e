package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.RowProblem;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The problems of one partition by column and rule, and the number of its rows from each file. */
public final class PartitionProblems implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Maximum number of kinds of problem to keep. */
  public static final int MOST = 10;

  private final Map<String, Long> rowsPerFile = new LinkedHashMap<>();
  private final LinkedHashMap<String, Group> groups = new LinkedHashMap<>(); // column and rule
  private long others; // number of problems of other kinds

  void add(RowProblem problem) {
    Group group = groups.get(problem.kind());
    if (group != null) {
      group.add(problem);
    } else if (groups.size() < MOST) {
      groups.put(problem.kind(), new Group(problem));
    } else {
      others++;
    }
  }

  /** Whether a problem is the first of its kind in this partition. */
  boolean isFirst(RowProblem problem) {
    return !groups.containsKey(problem.kind());
  }

  void addRows(String file, long rows) {
    rowsPerFile.put(file, rows);
  }

  long rows(String file) {
    return rowsPerFile.getOrDefault(file, 0L);
  }

  /** The problems by kind, ordered by the first of each kind. */
  List<Group> groups() {
    return List.copyOf(groups.values());
  }

  /** Number of problems of kinds not in {@link #groups}. */
  long others() {
    return others;
  }

  Map<String, Long> rowsPerFile() {
    return rowsPerFile;
  }

  /** Problems of one kind. */
  static final class Group implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int EXAMPLES = 3;

    private final ArrayList<RowProblem> examples = new ArrayList<>();
    private long count;

    Group(RowProblem first) {
      add(first);
    }

    void add(RowProblem problem) {
      count++;
      if (examples.size() < EXAMPLES) {
        examples.add(problem);
      }
    }

    /** The first few problems. */
    List<RowProblem> examples() {
      return examples;
    }

    long count() {
      return count;
    }
  }
}
