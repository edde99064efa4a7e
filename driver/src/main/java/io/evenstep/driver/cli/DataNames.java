package io.evenstep.driver.cli;

import java.nio.file.Path;
import java.util.List;

/** Names that follow from those of the data. */
final class DataNames {
  private DataNames() {}

  /** What a job over these data is called: the file's name, without its ending. */
  static String job(String path) {
    String last = path.replaceFirst("/+$", "").replaceFirst("^.*/", "");
    String plain = last.replaceFirst("(?<=.)\\..*$", "").replaceAll("[^A-Za-z0-9._-]+", "-");
    String name = plain.replaceAll("^[^A-Za-z0-9]+|-+$", "");
    return name.isEmpty() ? "table" : name;
  }

  /** Paths as a job file has them: relative where they lie below its folder. */
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
