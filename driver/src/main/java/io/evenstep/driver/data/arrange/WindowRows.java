package io.evenstep.driver.data.arrange;

import io.evenstep.driver.data.spec.WindowSpec;
import io.evenstep.driver.data.spec.WindowSpec.Gap;
import io.evenstep.model.data.cell.Absent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.collection.JavaConverters;

/** The windows of sorted rows. Holds the rows of one window, or series. */
final class WindowRows implements Iterator<Row> {
  private final WindowSpec window;
  private final List<String> columns;
  private final StructType schema;
  private final Iterator<Tuple2<RowPlace, @Nullable Object[]>> rows;
  private final Absent absent;
  private final List<Line> lines = new ArrayList<>(); // of the current series, the latest ones
  private final BitSet history = new BitSet(); // the columns that must not be missing
  private long seen; // rows of the current series
  private @Nullable Row next;

  /**
   * A row of a series.
   *
   * @param cells its own
   * @param filled the same, with the previous value in place of a missing one where the job says so
   */
  private record Line(RowPlace place, @Nullable Object[] cells, @Nullable Object[] filled) {}

  WindowRows(
      WindowSpec window,
      List<String> columns,
      StructType schema,
      Iterator<Tuple2<RowPlace, @Nullable Object[]>> rows) {
    this.window = window;
    this.columns = columns;
    this.schema = schema;
    this.rows = rows;
    this.absent = Absent.of(window.cells().absent());
    window.features(columns).forEach(column -> history.set(columns.indexOf(column)));
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      Tuple2<RowPlace, @Nullable Object[]> row = rows.next();
      next = advance(row._1(), row._2());
    }
    if (next == null && window.isWhole() && !lines.isEmpty()) {
      next = hasAll() ? row() : null;
      lines.clear();
    }
    return next != null;
  }

  @Override
  public Row next() {
    Row row = hasNext() ? next : null;
    if (row == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return row;
  }

  private @Nullable Row advance(RowPlace place, @Nullable Object[] cells) {
    if (cells[columns.size()] instanceof String problem && !problem.isEmpty()) {
      return corrupt(problem);
    }
    Row finished = null;
    if (!lines.isEmpty() && !lines.get(0).place().series().equals(place.series())) {
      finished = window.isWhole() && hasAll() ? row() : null;
      lines.clear();
      seen = 0;
    }
    lines.add(new Line(place, cells, filled(cells)));
    seen++;
    if (window.isWhole()) {
      return finished;
    }
    int length = window.history() + window.horizon();
    if (lines.size() > length) {
      lines.remove(0);
    }
    boolean due = seen >= length && (seen - length) % window.step() == 0;
    return due && hasAll() ? row() : null;
  }

  private int history() {
    return window.isWhole() ? lines.size() : window.history();
  }

  private @Nullable Object[] filled(@Nullable Object[] cells) {
    if (window.cells().gap() != Gap.PREVIOUS) {
      return cells;
    }
    @Nullable Object[] filled = cells.clone();
    for (int i = 0; i < columns.size() && !lines.isEmpty(); i++) {
      if (absent.holds(cells[i])) {
        filled[i] = lines.get(lines.size() - 1).filled()[i];
      }
    }
    return filled;
  }

  /** Whether no cell of the history is missing that would leave the window out. */
  private boolean hasAll() {
    if (window.cells().gap() == Gap.REFUSE) {
      return true;
    }
    for (Line line : lines.subList(0, history())) {
      for (int i = 0; i < columns.size(); i++) {
        if (history.get(i) && absent.holds(line.filled()[i])) {
          return false;
        }
      }
    }
    return true;
  }

  private Row row() {
    List<Line> past = lines.subList(0, history());
    Line last = past.get(past.size() - 1);
    List<@Nullable Object> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      cells.add(window.isSingle(columns.get(i)) ? last.cells()[i] : array(past, i));
    }
    for (String label : window.isWhole() ? List.<String>of() : window.cells().labels()) {
      int column = columns.indexOf(label);
      int first = window.cells().classes() ? window.horizon() : 1;
      for (int ahead = first; ahead <= window.horizon(); ahead++) {
        cells.add(lines.get(window.history() + ahead - 1).cells()[column]);
      }
    }
    cells.add(lines.get(0).place().time());
    cells.add(lines.get(lines.size() - 1).place().time());
    cells.add(null);
    cells.add("");
    return new GenericRowWithSchema(cells.toArray(), schema);
  }

  private static Object array(List<Line> past, int column) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Line line : past) {
      values.add(line.filled()[column]);
    }
    return JavaConverters.asScalaBufferConverter(values).asScala();
  }

  private Row corrupt(String problem) {
    @Nullable Object[] cells = new Object[schema.size()];
    cells[schema.size() - 2] = problem;
    cells[schema.size() - 1] = "";
    return new GenericRowWithSchema(cells, schema);
  }
}
