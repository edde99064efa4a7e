package io.evenstep.worker.checkpoint;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Reason;
import io.evenstep.model.StorageException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/**
 * What a failure of a disk or file system means to a user. Java and Hadoop say most of it by the
 * text of an exception; this is the one place that knows their texts.
 */
public enum FileFault {
  /** No room, by the disk or by a quota. */
  FULL(
      "the disk is full or its quota is used up; make room there",
      says(
          "No space left on device",
          "quota exceeded",
          "QuotaExceededException",
          "not enough space",
          "could only be written to 0 of",
          "could only be replicated to 0 nodes")),
  /** Mounted so, or after an error. */
  READ_ONLY(
      "the disk is read-only; mount it so that it can be written to",
      says("Read-only file system", "Name node is in safe mode")),
  /** The disk or its server failed. */
  BROKEN(
      "the disk does not work; have it checked",
      says("Input/output error", "Stale file handle", "Transport endpoint is not connected")),
  /** No class for the scheme on the class path. */
  UNKNOWN(
      "no file system of that kind is on the class path; add its jar, such as hadoop-aws for s3a, or"
          + " use another",
      fault ->
          fault instanceof UnsupportedFileSystemException
              || (fault instanceof ClassNotFoundException
                  && says("FileSystem not found", "hadoop.fs").test(fault))),
  /** A name that DNS does not have. */
  NO_HOST(
      "there is no host of that name; correct it, or name the host service in HADOOP_CONF_DIR",
      fault -> fault instanceof UnknownHostException || says("UnknownHostException").test(fault)),
  /** Nobody listens, or not now. */
  AWAY(
      "its server does not answer; check that it runs",
      fault ->
          fault instanceof ConnectException
              || fault instanceof NoRouteToHostException
              || fault instanceof SocketTimeoutException),
  /** Not by this user. */
  FORBIDDEN(
      "access is denied; give this user the right, or use another place",
      fault ->
          fault instanceof AccessDeniedException
              || fault instanceof AccessControlException
              || says("Permission denied").test(fault)),
  /** No name for a file here. */
  UNSPEAKABLE(
      "this JVM's locale has no such characters; set LC_ALL=C.UTF-8",
      says("unmappable characters"));

  private final String words;
  private final Predicate<Throwable> fits;

  FileFault(String words, Predicate<Throwable> fits) {
    this.words = words;
    this.fits = fits;
  }

  private static Predicate<Throwable> says(String... texts) {
    return fault -> Stream.of(texts).anyMatch(text -> containsIgnoreCase(fault.toString(), text));
  }

  private static boolean containsIgnoreCase(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  /** What it is, and what to do about it. */
  public String words() {
    return words;
  }

  /** What a failure or one of its causes is; empty when it is none of these. */
  public static Optional<FileFault> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Throwable one = cause;
      Optional<FileFault> fault = Stream.of(values()).filter(f -> f.fits.test(one)).findFirst();
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  /**
   * A failure as the exception that names its remedy: a {@link ConfigException} where only another
   * job or place helps, else a {@link StorageException}.
   *
   * @param cannot what could not be done, such as {@code Cannot write}
   */
  public static RuntimeException of(String cannot, Path path, Throwable failure) {
    String what = cannot + " " + shown(path) + ": ";
    return in(failure)
        .map(fault -> fault.exception(what + fault.words + space(fault, path), failure))
        .orElseGet(() -> new StorageException(what + Reason.of(failure), failure));
  }

  /** The same where the place is not known: the system's own words may name it. */
  public RuntimeException exception(Throwable failure) {
    return exception("Cannot go on: " + words + " (" + said(failure) + ")", failure);
  }

  private RuntimeException exception(String message, Throwable cause) {
    return switch (this) {
      case UNKNOWN, NO_HOST, FORBIDDEN, UNSPEAKABLE -> new ConfigException(message, cause);
      case FULL, READ_ONLY, BROKEN, AWAY -> new StorageException(message, cause);
    };
  }

  private String said(Throwable failure) {
    Throwable innermost = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      innermost = fits.test(cause) ? cause : innermost;
    }
    return Reason.of(innermost).lines().findFirst().orElse("");
  }

  private static String space(FileFault fault, Path path) {
    if (fault != FULL || !isLocal(path)) {
      return "";
    }
    java.io.File place = new java.io.File(path.toUri().getPath());
    while (!place.exists() && place.getParentFile() != null) {
      place = place.getParentFile();
    }
    return String.format(Locale.ROOT, ", %,d bytes are free", place.getUsableSpace());
  }

  private static boolean isLocal(Path path) {
    String scheme = path.toUri().getScheme();
    return scheme == null || scheme.equals("file");
  }

  private static String shown(Path path) {
    return isLocal(path) ? path.toUri().getPath() : path.toString();
  }
}
