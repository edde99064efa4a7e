package io.evenstep.driver.profile;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Writes a first job for a table. */
public final class DraftJob {
  private DraftJob() {}

  /**
   * The draft.
   *
   * @param profile of the table, for people
   * @param job the text of a job file that is ready to train
   */
  public record Draft(String profile, String job) {}

  /**
   * Reads a table and drafts a job.
   *
   * @throws io.evenstep.model.DataException when the files cannot be read, or the label cannot be
   *     predicted
   * @throws io.evenstep.model.ConfigException when there is no such column
   */
  public static Draft run(DraftRequest request, SparkSession spark) {
    TableProfile table = Profiler.profile(spark, request.paths(), Optional.of(request.label()));
    return new Draft(ProfileText.of(table, Optional.of(request.label())), job(request, table));
  }

  static String job(DraftRequest request, TableProfile table) {
    ColumnProfile column = table.column(request.label()).orElseThrow();
    LabelChoice label = LabelChoice.of(column, request.task());
    List<ColumnProfile> others =
        table.columns().stream().filter(other -> !other.name().equals(column.name())).toList();
    return JobText.of(request.name(), request.shownPaths(), table, label, Uses.of(others));
  }
}
