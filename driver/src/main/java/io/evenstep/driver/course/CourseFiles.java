package io.evenstep.driver.course;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The job files of a course. */
public final class CourseFiles {
  private static final String ENDING = ".yaml";

  private CourseFiles() {}

  /**
   * The job files of a folder, by name.
   *
   * @param only parts of names, one of which a file must have; empty for all files
   * @throws ConfigException when there are none
   */
  public static List<Path> in(Path folder, List<String> only) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> jobs =
          files
              .filter(file -> file.toString().endsWith(ENDING))
              .filter(file -> only.isEmpty() || only.stream().anyMatch(name(file)::contains))
              .sorted()
              .toList();
      if (jobs.isEmpty()) {
        throw new ConfigException(
            "Cannot run the course: no job file in "
                + folder
                + " has a name"
                + (only.isEmpty() ? " that ends in .yaml" : " with one of " + only));
      }
      return jobs;
    } catch (IOException e) {
      throw new ConfigException(
          "Cannot run the course: " + folder + " must be a folder of job files: " + Reason.of(e),
          e);
    }
  }

  /** The name of a job file without its ending. */
  static String name(Path job) {
    return String.valueOf(job.getFileName()).replace(ENDING, "");
  }

  /** The comment at the top of a job file, up to its first empty line; empty without one. */
  static String about(Path job) {
    List<String> lines = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(job)) {
        String text = line.startsWith("#") ? line.substring(1).strip() : "";
        if (text.isEmpty()) {
          break;
        }
        lines.add(text);
      }
    } catch (IOException e) {
      return ""; // reading the job itself says what is wrong
    }
    return String.join(" ", lines);
  }
}
