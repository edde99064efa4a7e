package io.evenstep.driver.data.pack;

import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.scan.IndexColumns;
import io.evenstep.driver.data.scan.NameOrder;
import io.evenstep.driver.data.scan.PartitionProblems;
import io.evenstep.driver.data.scan.RowLayout;
import io.evenstep.driver.data.scan.ScanTotals;
import io.evenstep.driver.data.scan.Spread;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Task;
import io.evenstep.driver.data.split.Splitter.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Notices about data that may not be what the user intended. */
final class Notices {
  /** Up to this count, numeric labels are likely to be class names. */
  private static final int MOST_NUMBERED = 20;

  private static final int LEAST_ROWS_EACH = 10;

  private Notices() {}

  static List<String> of(
      DataSpec spec, SourceTable train, RowLayout layout, ScanTotals totals, Configuration conf) {
    List<String> notices = new ArrayList<>();
    IndexColumns.of(spec, train).forEach(name -> notices.add(IndexColumns.notice(name)));
    addEmptyFiles(spec, conf, notices);
    notices.addAll(train.notices());
    for (int i = 0; i < layout.labels().size(); i++) {
      addNumbers(
          layout.labels().get(i), totals.classes(i).keySet(), totals.rows(Split.TRAIN), notices);
    }
    notices.addAll(Spread.notices(layout, totals));
    return notices;
  }

  static String ofRare(List<String> classes) {
    int shown = Math.min(classes.size(), PartitionProblems.MOST);
    String more = classes.size() > shown ? " and " + (classes.size() - shown) + " more" : "";
    return "Too few rows to hold any out of "
        + String.join(", ", classes.subList(0, shown))
        + more
        + ": all of them are used for training";
  }

  private static void addEmptyFiles(DataSpec spec, Configuration conf, List<String> notices) {
    DataSpec.Sources sources = spec.sources();
    List<String> paths =
        Stream.of(Optional.of(sources.train()), sources.validation(), sources.test())
            .flatMap(Optional::stream)
            .filter(source -> !source.isTable())
            .flatMap(source -> source.paths().stream())
            .toList();
    SourceFiles.empty(conf, paths).stream()
        .limit(PartitionProblems.MOST)
        .forEach(file -> notices.add(SourceFiles.name(file) + " is empty and was skipped"));
  }

  private static void addNumbers(
      RowLayout.Label label, Set<String> classes, long rows, List<String> notices) {
    boolean many = classes.size() > MOST_NUMBERED && classes.size() > rows / LEAST_ROWS_EACH;
    if (label.task() == Task.CLASSIFICATION
        && label.classes().isEmpty()
        && many
        && classes.stream().allMatch(NameOrder::isNumber)) {
      notices.add(
          "Label "
              + label.column()
              + " has "
              + classes.size()
              + " classes, and all of them are numbers. To predict a number, set data.task to"
              + " regression");
    }
  }
}
