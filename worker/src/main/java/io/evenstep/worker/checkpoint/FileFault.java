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
 * What a failure of a disk or file system means to a user. Java and Hadoop tell most failures apart
 * only by the exception's text. This is the one place that knows these texts.
 */
public enum FileFault {
  /** The disk is full, or a quota is used up. */
  FULL(
      "the disk is full or its quota is used up; free some space there",
      says(
          "No space left on device",
          "quota exceeded",
          "QuotaExceededException",
          "not enough space",
          "could only be written to 0 of",
          "could only be replicated to 0 nodes")),
  /** The disk was mounted read-only, or became so after an error. */
  READ_ONLY(
      "the disk is read-only; mount it for writing",
      says("Read-only file system", "Name node is in safe mode")),
  /** The disk or its server failed. */
  BROKEN(
      "the disk or its server has failed; check it",
      says("Input/output error", "Stale file handle", "Transport endpoint is not connected")),
  /** The class path has no class for the scheme. */
  UNKNOWN(
      "no file system of that kind is on the class path; add its jar, such as hadoop-aws for s3a,"
          + " or use another",
      fault ->
          fault instanceof UnsupportedFileSystemException
              || (fault instanceof ClassNotFoundException
                  && says("FileSystem not found", "hadoop.fs").test(fault))),
  /** DNS does not know the name. */
  NO_HOST(
      "there is no host of that name; correct it, or name the host service in HADOOP_CONF_DIR",
      fault -> fault instanceof UnknownHostException || says("UnknownHostException").test(fault)),
  /** The server does not listen, or not at the moment. */
  AWAY(
      "its server does not answer; check that it runs",
      fault ->
          fault instanceof ConnectException
              || fault instanceof NoRouteToHostException
              || fault instanceof SocketTimeoutException),
  /** This user has no permission. */
  FORBIDDEN(
      "access is denied; give this user permission, or use another folder",
      fault ->
          fault instanceof AccessDeniedException
              || fault instanceof AccessControlException
              || says("Permission denied").test(fault)),
  /** This locale cannot represent the file's name. */
  UNSPEAKABLE(
      "this JVM's locale cannot represent the name; set LC_ALL=C.UTF-8",
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

  /** The failure and its remedy, in words. */
  public String words() {
    return words;
  }

  /** The kind of a failure or of one of its causes; empty when it is none of these. */
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
   * The exception for a failure: a {@link ConfigException} if only another job or folder helps,
   * else a {@link StorageException}.
   *
   * @param cannot what failed, such as {@code Cannot write}
   */
  public static RuntimeException of(String cannot, Path path, Throwable failure) {
    String what = cannot + " " + shown(path) + ": ";
    return in(failure)
        .map(fault -> fault.exception(what + fault.words + space(fault, path), failure))
        .orElseGet(() -> new StorageException(what + Reason.of(failure), failure));
  }

  /** The same when the path is not known. The system's own message may name it. */
  public RuntimeException exception(Throwable failure) {
    return exception("Cannot continue: " + words + " (" + said(failure) + ")", failure);
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
