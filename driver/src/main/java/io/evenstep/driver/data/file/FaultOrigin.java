package io.evenstep.driver.data.file;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.apache.spark.TaskKilledException;
import org.apache.spark.shuffle.FetchFailedException;

/**
 * Finds whose code caused a failure: ours, including libraries that only we call, or third-party
 * code that calls us or is called by Spark and Hadoop.
 */
public final class FaultOrigin {
  private static final List<String> JAVA = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");
  private static final List<String> OURS =
      List.of(
          "io.evenstep.",
          "org.nd4j.",
          "org.deeplearning4j.",
          "org.bytedeco.",
          "com.fasterxml.",
          "picocli.");

  /** A stack trace line in the message of a failure that could not be serialized. */
  private static final Pattern FRAME = Pattern.compile("\\n\\s*at ([\\w.$]+)");

  private FaultOrigin() {}

  /** Whether it began in our own code and is therefore a bug of ours. */
  static boolean isOurs(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof UnreadableFileException)) {
      cause = cause.getCause();
    }
    if (cause instanceof UnreadableFileException || cause instanceof java.io.IOException) {
      return false;
    }
    return birthplace(cause).filter(place -> place.startsWith("io.evenstep.")).isPresent();
  }

  /** A killed task, a lost shuffle file, a lost executor, a job that was cancelled. */
  static boolean isSparks(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof TaskKilledException
          || t instanceof FetchFailedException
          || t instanceof InterruptedException
          || t instanceof Error
          || (t instanceof SparkException && t.getCause() == null && isOfScheduler(t))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfScheduler(Throwable t) {
    return t.getStackTrace().length > 0
        && t.getStackTrace()[0].getClassName().startsWith("org.apache.spark.scheduler.");
  }

  /**
   * The third-party class in which a failure began. Empty if it is ours, or Spark's direct response
   * to one of our calls.
   */
  public static Optional<String> ofOthers(Throwable failure) {
    Throwable cause = failure;
    boolean job = false;
    while (true) {
      job = job || cause instanceof SparkException;
      if (cause.getCause() == null) {
        break;
      }
      cause = cause.getCause();
    }
    boolean fromJob = job;
    return birthplace(cause)
        .filter(place -> OURS.stream().noneMatch(place::startsWith))
        .filter(place -> fromJob || !place.startsWith("org.apache.spark."));
  }

  private static Optional<String> birthplace(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    Matcher told = FRAME.matcher(message.substring(Math.max(0, message.lastIndexOf("Caused by:"))));
    while (told.find()) {
      if (!isJavas(told.group(1))) {
        return Optional.of(told.group(1));
      }
    }
    for (StackTraceElement frame : cause.getStackTrace()) {
      if (!isJavas(frame.getClassName())) {
        return Optional.of(frame.getClassName());
      }
    }
    return Optional.empty();
  }

  private static boolean isJavas(String name) {
    return JAVA.stream().anyMatch(name::startsWith);
  }
}
