package io.evenstep.driver.cli;

import java.nio.file.Path;
import java.util.List;

/** Names derived from the names of the data. */
final class DataNames {
  private DataNames() {}

  /** The name of a job over these data: the file name without its extension. */
  static String job(String path) {
    String last = path.replaceFirst("/+$", "").replaceFirst("^.*/", "");
    String plain = last.replaceFirst("(?<=.)\\..*$", "").replaceAll("[^A-Za-z0-9._-]+", "-");
    String name = plain.replaceAll("^[^A-Za-z0-9]+|-+$", "");
    return name.isEmpty() ? "table" : name;
  }

  /** Paths as written in a job file: relative if they are below its folder. */
  static List<String> seenFrom(Path jobFile, List<String> paths) {
    Path file = jobFile.toAbsolutePath().normalize();
    Path folder = file.getParent() == null ? file : file.getParent();
    return paths.stream().map(path -> seenFromFolder(folder, path)).toList();
  }

  private static String seenFromFolder(Path folder, String path) {
    if (path.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      return path;
    }
    Path whole = Path.of(path).toAbsolutePath().normalize();
    return whole.startsWith(folder) ? folder.relativize(whole).toString() : whole.toString();
  }
}
