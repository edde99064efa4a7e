package io.evenstep.driver.data;

import io.evenstep.model.DataException;
import io.evenstep.model.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** The files behind paths, folders and globs. */
final class SourceFiles {
  private SourceFiles() {}

  /**
   * All files below the paths, sorted; names that begin with a dot or underscore are left out.
   *
   * @throws DataException when a path leads to nothing, or only to empty files
   */
  static List<FileStatus> list(Configuration conf, List<String> paths) {
    List<FileStatus> files = new ArrayList<>();
    for (String path : paths) {
      files.addAll(list(conf, path));
    }
    return files;
  }

  /** The empty ones of all files below the paths. */
  static List<FileStatus> empty(Configuration conf, List<String> paths) {
    return paths.stream()
        .flatMap(path -> find(conf, path).stream())
        .filter(file -> file.getLen() == 0)
        .toList();
  }

  private static List<FileStatus> list(Configuration conf, String path) {
    List<FileStatus> found = find(conf, path);
    if (found.isEmpty()) {
      throw new DataException(
          "Cannot read " + name(new Path(path)) + ": the folder holds no files");
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
      throw new DataException("Cannot read " + name(new Path(path)) + ": no such file", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException("Cannot read " + path + ": " + Reason.of(e), e);
    }
    return found;
  }

  static FileStatus[] glob(FileSystem fs, String path) throws IOException {
    FileStatus[] matches = fs.globStatus(new Path(path));
    if (matches == null || matches.length == 0) {
      throw new FileNotFoundException(path);
    }
    Arrays.sort(matches, Comparator.comparing(FileStatus::getPath));
    return matches;
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

  /** Opens a file, decompressed as its name's ending tells. */
  static InputStream open(Configuration conf, Path file) throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(conf).getCodec(file);
    InputStream raw = file.getFileSystem(conf).open(file);
    return codec == null ? raw : codec.createInputStream(raw);
  }

  static boolean isCompressed(Configuration conf, Path file) {
    return new CompressionCodecFactory(conf).getCodec(file) != null;
  }

  /** A file as messages name it: without the scheme when it is a local one. */
  static String name(FileStatus file) {
    return name(file.getPath());
  }

  static String name(Path file) {
    String scheme = file.toUri().getScheme();
    return scheme == null || scheme.equals("file") ? file.toUri().getPath() : file.toString();
  }
}
