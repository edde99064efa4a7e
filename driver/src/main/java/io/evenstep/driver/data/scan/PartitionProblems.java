package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.RowProblem;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was wrong with the rows of one partition, and how many it has of each file. */
public final class PartitionProblems implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Problems that are kept word by word. */
  public static final int MOST = 10;

  private final Map<String, Long> rowsPerFile = new LinkedHashMap<>();
  private final ArrayList<RowProblem> first = new ArrayList<>();
  private long count;

  void add(RowProblem problem) {
    count++;
    if (first.size() < MOST) {
      first.add(problem);
    }
  }

  void addRows(String file, long rows) {
    rowsPerFile.put(file, rows);
  }

  long rows(String file) {
    return rowsPerFile.getOrDefault(file, 0L);
  }

  /** The first problems. */
  List<RowProblem> first() {
    return first;
  }

  /** How many problems there were in all. */
  long count() {
    return count;
  }

  Map<String, Long> rowsPerFile() {
    return rowsPerFile;
  }
}
