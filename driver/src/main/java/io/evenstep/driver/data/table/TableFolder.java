package io.evenstep.driver.data.table;

import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.driver.data.spec.TableFormat;
import io.evenstep.model.DataException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Recognises the folder of a table. Its files include some that are no longer rows of it. */
public final class TableFolder {
  private TableFolder() {}

  /**
   * The format of the table in a folder; empty for other folders, files and globs.
   *
   * @throws DataException when the file system cannot be read
   */
  public static Optional<TableFormat> format(Configuration conf, String path) {
    try {
      Path folder = new Path(path);
      FileSystem fs = folder.getFileSystem(conf);
      if (fs.exists(new Path(folder, "_delta_log"))) {
        return Optional.of(TableFormat.DELTA);
      } else if (fs.exists(new Path(folder, ".hoodie"))) {
        return Optional.of(TableFormat.HUDI);
      }
      Path metadata = new Path(folder, "metadata");
      return fs.exists(metadata) && isIcebergs(fs.listStatus(metadata))
          ? Optional.of(TableFormat.ICEBERG)
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      throw ReadFailure.of(path, e);
    }
  }

  private static boolean isIcebergs(FileStatus[] files) {
    for (FileStatus file : files) {
      if (file.getPath().getName().endsWith(".metadata.json")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Checks that no path is the folder of a table.
   *
   * @param format in which the files would be read
   * @throws DataException when one is
   */
  public static void requireNone(Configuration conf, List<String> paths, String format) {
    for (String path : paths) {
      format(conf, path)
          .ifPresent(
              table -> {
                throw new DataException(
                    "Cannot read "
                        + SourceFiles.name(new Path(path))
                        + " as "
                        + format
                        + ": it is a table of "
                        + table.words()
                        + ", and not all of its files are its rows; use data.format spark with"
                        + " data.reader "
                        + table.reader());
              });
    }
  }
}
