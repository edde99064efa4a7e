package io.evenstep.driver.data.source;

import io.evenstep.driver.data.file.PinnedSession;
import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.model.DataException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Sources that need no Spark: files of this machine in a format of our own readers, which are the
 * same with and without Spark.
 */
public final class SmallSources {
  /** Most bytes of files, and of a pack's records, that are read without Spark. */
  public static final long MOST_BYTES = PinnedSession.PARTITION_BYTES / 4;

  private static final Set<Format> OWN_READERS =
      EnumSet.of(Format.CSV, Format.IDX, Format.SVMLIGHT, Format.TEXT);

  private SmallSources() {}

  /**
   * Whether all rows of a source are read without Spark. A source that does not exist is, so that
   * opening it says so.
   */
  public static boolean include(Configuration hadoop, SourceSpec source) {
    try {
      return isOwn(hadoop, source) && isSmall(hadoop, source);
    } catch (DataException e) { // opening it throws the same
      return true;
    }
  }

  /**
   * Whether a source can be opened without Spark, and its files known. All rows of SVMLight are
   * read to open it, so it must be small.
   */
  public static boolean opens(Configuration hadoop, SourceSpec source) {
    return isOwn(hadoop, source) && (source.format() != Format.SVMLIGHT || isSmall(hadoop, source));
  }

  private static boolean isOwn(Configuration hadoop, SourceSpec source) {
    return OWN_READERS.contains(source.format())
        && source.window().isEmpty()
        && paths(source).allMatch(path -> isLocal(hadoop, path));
  }

  private static boolean isSmall(Configuration hadoop, SourceSpec source) {
    return paths(source).mapToLong(path -> bytes(hadoop, path)).sum() <= MOST_BYTES;
  }

  private static Stream<String> paths(SourceSpec source) {
    return Stream.concat(source.paths().stream(), source.labelPaths().stream());
  }

  private static long bytes(Configuration hadoop, String path) {
    return SourceFiles.list(hadoop, List.of(path)).stream().mapToLong(FileStatus::getLen).sum();
  }

  private static boolean isLocal(Configuration hadoop, String path) {
    try {
      return new Path(path).getFileSystem(hadoop) instanceof LocalFileSystem;
    } catch (IOException | IllegalArgumentException e) { // Spark's way has a message for this
      return false;
    }
  }
}
