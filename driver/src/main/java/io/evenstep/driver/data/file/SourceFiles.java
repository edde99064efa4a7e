package io.evenstep.driver.data.file;

import io.evenstep.model.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The files behind paths, folders and globs. */
public final class SourceFiles {
  private static final Pattern GLOB = Pattern.compile("[*?\\[\\]{}\\\\]");

  private SourceFiles() {}

  /**
   * All files below the paths, sorted. Names that start with a dot or underscore are skipped.
   *
   * @throws DataException when a path matches no files or only empty ones
   */
  public static List<FileStatus> list(Configuration conf, List<String> paths) {
    List<FileStatus> files = new ArrayList<>();
    for (String path : paths) {
      files.addAll(list(conf, path));
    }
    return files;
  }

  /** All empty files below the paths. */
  public static List<FileStatus> empty(Configuration conf, List<String> paths) {
    return paths.stream()
        .flatMap(path -> find(conf, path).stream())
        .filter(file -> file.getLen() == 0)
        .toList();
  }

  private static List<FileStatus> list(Configuration conf, String path) {
    List<FileStatus> found = find(conf, path);
    if (found.isEmpty()) {
      throw new DataException("Cannot read " + shown(path) + ": the folder has no files");
    }
    List<FileStatus> filled = found.stream().filter(file -> file.getLen() > 0).toList();
    if (filled.isEmpty()) {
      throw new DataException("Cannot read " + name(found.get(0)) + ": the file is empty");
    }
    return filled;
  }

  private static List<FileStatus> find(Configuration conf, String path) {
    List<FileStatus> found = new ArrayList<>();
    try {
      FileSystem fs = new Path(path).getFileSystem(conf);
      for (FileStatus match : glob(fs, path)) {
        collect(fs, match, found);
      }
    } catch (FileNotFoundException e) {
      throw new DataException("Cannot read " + shown(path) + ": no such file" + unnamable(path), e);
    } catch (IOException | RuntimeException e) {
      throw ReadFailure.of(shown(path), e);
    }
    return found;
  }

  /**
   * Resolves a path: the file of exactly that name if it exists, else the matches of the path as a
   * glob. Hadoop's own glob fails when any name in the folder has a colon.
   */
  static List<FileStatus> glob(FileSystem fs, String path) throws IOException {
    Path literal = new Path(path);
    if (fs.exists(literal)) {
      return List.of(fs.getFileStatus(literal));
    }
    URI uri = literal.toUri();
    List<FileStatus> matches = new ArrayList<>();
    for (String pattern : GlobExpander.expand(uri.getPath())) {
      matches.addAll(matching(fs, new Path(uri.getScheme(), uri.getAuthority(), pattern)));
    }
    if (matches.isEmpty()) {
      throw new FileNotFoundException(path);
    }
    matches.sort(Comparator.comparing(FileStatus::getPath));
    return matches.stream().distinct().toList();
  }

  private static List<FileStatus> matching(FileSystem fs, Path pattern) throws IOException {
    Path parent = pattern.getParent();
    if (parent == null || !GLOB.matcher(pattern.toUri().getPath()).find()) {
      return fs.exists(pattern) ? List.of(fs.getFileStatus(pattern)) : List.of();
    }
    GlobFilter filter = new GlobFilter(pattern.getName());
    List<FileStatus> found = new ArrayList<>();
    for (FileStatus folder : matching(fs, parent)) {
      if (folder.isDirectory()) {
        found.addAll(List.of(fs.listStatus(folder.getPath(), filter)));
      }
    }
    return found;
  }

  private static void collect(FileSystem fs, FileStatus file, List<FileStatus> into)
      throws IOException {
    if (file.isFile()) {
      into.add(file);
      return;
    }
    FileStatus[] children = fs.listStatus(file.getPath(), child -> isVisible(child.getName()));
    Arrays.sort(children, Comparator.comparing(FileStatus::getPath));
    for (FileStatus child : children) {
      collect(fs, child, into);
    }
  }

  private static boolean isVisible(String name) {
    return !name.startsWith(".") && (!name.startsWith("_") || name.contains("="));
  }

  /** A local file name may have characters that the JVM's locale cannot encode. */
  private static String unnamable(String path) {
    Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    return names.newEncoder().canEncode(path)
        ? ""
        : "; the locale cannot encode its name: set LC_ALL=C.UTF-8";
  }

  private static String shown(String path) {
    try {
      return name(new Path(path));
    } catch (IllegalArgumentException e) {
      return path;
    }
  }

  /** The files and folders that the paths match. */
  public static List<String> roots(Configuration conf, List<String> paths) {
    List<String> roots = new ArrayList<>();
    for (String path : paths) {
      try {
        glob(new Path(path).getFileSystem(conf), path)
            .forEach(root -> roots.add(root.getPath().toString()));
      } catch (IOException e) {
        throw ReadFailure.of(shown(path), e);
      }
    }
    return roots;
  }

  /**
   * Makes Spark read resolved paths literally, not as globs. With globbing switched off, Spark
   * reads all paths once for each path that looks like a glob. So several paths are escaped
   * instead.
   */
  public static Dataset<Row> load(DataFrameReader reader, List<String> roots) {
    if (roots.size() > 1 && roots.stream().anyMatch(root -> GLOB.matcher(root).find())) {
      return reader.load(
          roots.stream()
              .map(root -> GLOB.matcher(root).replaceAll("\\\\$0"))
              .toArray(String[]::new));
    }
    return reader.option("__globPaths__", "false").load(roots.toArray(String[]::new));
  }

  /** Opens a file, decompressed by its extension. */
  public static InputStream open(Configuration conf, Path file) throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(conf).getCodec(file);
    InputStream raw = openRaw(conf, file);
    return codec == null ? raw : codec.createInputStream(raw);
  }

  /**
   * Opens a file without decompression. Hadoop's checksums of local files do not support names with
   * a colon.
   */
  public static FSDataInputStream openRaw(Configuration conf, Path file) throws IOException {
    FileSystem fs = file.getFileSystem(conf);
    return fs instanceof ChecksumFileSystem local && file.getName().indexOf(':') >= 0
        ? local.getRawFileSystem().open(file)
        : fs.open(file);
  }

  public static boolean isCompressed(Configuration conf, Path file) {
    return new CompressionCodecFactory(conf).getCodec(file) != null;
  }

  /** The name of a file for messages: without the scheme if it is local. */
  public static String name(FileStatus file) {
    return name(file.getPath());
  }

  public static String name(Path file) {
    String scheme = file.toUri().getScheme();
    return scheme == null || scheme.equals("file") ? file.toUri().getPath() : file.toString();
  }
}
