package io.evenstep.driver.data.text;

import io.evenstep.driver.data.file.RowProblem;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The columns of several CSV files, joined by name in the order in which they first appear. */
final class CsvColumns implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_NOTICES = 10;

  private final ArrayList<String> names;
  private final HashMap<String, int[]> places; // by file: the joined column of each of its columns
  private final ArrayList<String> notices = new ArrayList<>();

  private CsvColumns(List<String> names) {
    this.names = new ArrayList<>(names);
    this.places = new HashMap<>();
  }

  /** The columns of files that all have the same. */
  static CsvColumns same(List<String> names) {
    return new CsvColumns(names);
  }

  /**
   * The columns of files with other columns.
   *
   * @param headers by the URI of the file
   */
  static CsvColumns merged(Map<String, List<String>> headers) {
    Set<String> all = new LinkedHashSet<>();
    headers.values().forEach(all::addAll);
    CsvColumns columns = new CsvColumns(List.copyOf(all));
    Map<String, Integer> indexes = new LinkedHashMap<>();
    all.forEach(name -> indexes.put(name, indexes.size()));
    headers.forEach((file, header) -> columns.add(file, header, indexes));
    return columns;
  }

  private void add(String file, List<String> header, Map<String, Integer> indexes) {
    if (header.equals(names)) {
      return;
    }
    int[] own = new int[header.size()];
    for (int i = 0; i < own.length; i++) {
      own[i] = indexes.getOrDefault(header.get(i), 0);
    }
    places.put(file, own);
    List<String> lacking = names.stream().filter(name -> !header.contains(name)).toList();
    if (!lacking.isEmpty() && notices.size() < MOST_NOTICES) {
      notices.add(
          RowProblem.fileName(file)
              + " has no columns "
              + lacking
              + ": these values are missing in its rows");
    }
  }

  List<String> names() {
    return names;
  }

  /** Files that lack columns. */
  List<String> notices() {
    return notices;
  }

  /** The joined column of each column of a file; empty if its columns are all, in this order. */
  Optional<int[]> placesOf(String file) {
    return Optional.ofNullable(places.get(file));
  }
}
